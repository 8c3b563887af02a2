namespace BlueEdge.Tool.Api;

/// <summary>What is sent to be run.</summary>
/// <param name="Route">Which of the two kinds it is.</param>
/// <param name="Body">The JSON.</param>
/// <param name="Key">Makes it safe to send it again.</param>
internal sealed record Submission(string Route, ReadOnlyMemory<byte> Body, string Key);
