namespace BlueEdge.Store.Redis.Storage;

/// <summary>Commands that are run together, and only where the store still has what the writer knows.</summary>
/// <param name="Guards">What it has to have, each looked at in turn.</param>
/// <param name="Commands">What is done then.</param>
internal sealed record GuardedWrite(IReadOnlyList<Guard> Guards, IReadOnlyList<StoreCommand> Commands)
{
    /// <summary>About what Redis has to take in, in bytes.</summary>
    public long Size => Commands.Sum(command => command.Arguments.Sum(argument => argument.Length()));
}
