namespace BlueEdge.Grains.Channels.Inputs;

/// <summary>What a channel knows of one of its writers, whose calls it takes one after the other.</summary>
internal sealed class InputWriter
{
    private Task _turn = Task.CompletedTask;

    /// <summary>The number that it writes next; <see langword="null"/> where only the store knows.</summary>
    public long? Next { get; set; }

    /// <summary>Does a piece of work once all that came before it is done.</summary>
    public Task<T> InTurnAsync<T>(Func<Task<T>> work)
    {
        var turn = AfterAsync(_turn);
        _turn = turn;
        return turn;

        async Task<T> AfterAsync(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            return await work();
        }
    }
}
