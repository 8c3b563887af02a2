using BlueEdge.Gateway.Http;

namespace BlueEdge.Gateway.Sessions;

/// <summary>A body that describes a session.</summary>
/// <param name="Session">What was read of it.</param>
/// <param name="Bytes">The body itself.</param>
/// <param name="Refusal">Why it cannot be used, or <see langword="null"/>.</param>
internal sealed record SessionBody(ParsedSession? Session, ReadOnlyMemory<byte> Bytes, ErrorAnswer? Refusal)
{
    public static SessionBody Refused(ErrorAnswer refusal) => new(null, default, refusal);
}
