namespace BlueEdge.OrleansPeer;

internal sealed class RelayGrain([PersistentState("relay")] IPersistentState<ItemState> state) : Grain, IRelayGrain
{
    public async Task<byte[]> RelayAsync(byte[] item)
    {
        state.State.Item = item;
        await state.WriteStateAsync();
        return item;
    }
}
