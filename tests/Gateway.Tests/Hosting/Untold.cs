namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>Bytes that do not tell how many they are, so that they are sent in chunks.</summary>
internal sealed class Untold(byte[] bytes) : MemoryStream(bytes)
{
    public override bool CanSeek => false;
}
