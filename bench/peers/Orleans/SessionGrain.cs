namespace BlueEdge.OrleansPeer;

internal sealed class SessionGrain([PersistentState("session")] IPersistentState<ItemState> state) : Grain, ISessionGrain
{
    public async Task<byte[]> RunAsync(byte[] request)
    {
        state.State.Item = request;
        await state.WriteStateAsync();
        var item = request;
        foreach (var name in (string[])["one", "two", "three"])
        {
            item = await GrainFactory.GetGrain<IRelayGrain>($"{this.GetPrimaryKeyString()}/{name}").RelayAsync(item);
        }

        return item;
    }
}
