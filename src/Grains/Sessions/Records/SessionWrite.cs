namespace BlueEdge.Sessions.Records;

/// <summary>What one change of a session writes, all of it or nothing.</summary>
/// <param name="SessionId">Whose it is.</param>
/// <param name="Version">The version that has to be stored; 0 where there must be none.</param>
/// <param name="Commands">What is done then.</param>
internal sealed record SessionWrite(string SessionId, long Version, IReadOnlyList<StoreCommand> Commands)
{
    /// <summary>About what Redis has to take in, in bytes.</summary>
    public long Size => Commands.Sum(command => command.Arguments.Sum(argument => argument.Length()));
}
