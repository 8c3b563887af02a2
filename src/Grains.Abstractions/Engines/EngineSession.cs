namespace BlueEdge.Engines;

/// <summary>The sub-session that an engine works for.</summary>
/// <param name="sessionId">The session's id.</param>
/// <param name="node">The node's name in the session.</param>
/// <param name="epoch">The attempt's number; the first is 1.</param>
/// <param name="temporaryFolder">Where the temporary folder goes.</param>
public sealed class EngineSession(string sessionId, string node, int epoch, string temporaryFolder)
{
    private readonly Lazy<string> _temporaryFolder = new(() => Directory.CreateDirectory(temporaryFolder).FullName);

    /// <summary>The session's id.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>The node's name in the session.</summary>
    public string Node { get; } = node;

    /// <summary>The attempt's number; the first is 1.</summary>
    public int Epoch { get; } = epoch;

    /// <summary>A folder of the sub-session's own, made when first asked for and deleted when it ends.</summary>
    public string TemporaryFolder => _temporaryFolder.Value;

    /// <summary>Whether <see cref="TemporaryFolder"/> was asked for.</summary>
    public bool HasTemporaryFolder => _temporaryFolder.IsValueCreated;
}
