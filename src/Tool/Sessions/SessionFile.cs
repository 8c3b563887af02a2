using System.Text.Json;
using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Sessions;

/// <summary>A file that describes a session: the body of one of the two submissions.</summary>
internal sealed class SessionFile
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 1_000 };

    private SessionFile(string name, byte[] bytes, JsonElement root) => (Name, Bytes, Root) = (name, bytes, root);

    public static string Description => "The session as JSON: the body of process-workflow, or, with a member engineId, of process-single-engine; - reads stdin.";

    public string Name { get; }

    /// <summary>The file as it is.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public JsonElement Root { get; }

    /// <summary>Told apart as POST /api/v1/validate does it.</summary>
    public bool IsSingleEngine => Root.ValueKind is JsonValueKind.Object && Root.TryGetProperty("engineId", out _);

    public string Route => IsSingleEngine ? "process-single-engine" : "process-workflow";

    /// <exception cref="ToolException">There is no such file, or it is no JSON.</exception>
    public static async Task<SessionFile> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var bytes = await InputFile.ReadAsync(path, cancellationToken);
        return new(path, bytes, Parse(bytes, path));
    }

    /// <exception cref="ToolException">It is no JSON.</exception>
    public static JsonElement Parse(byte[] bytes, string path)
    {
        try
        {
            // Some editors begin a file with a mark.
            using var document = JsonDocument.Parse(bytes.AsMemory(bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0), Options);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw ToolException.Usage(
                $"{path} is no JSON, at line {exception.LineNumber + 1}, position {exception.BytePositionInLine + 1}: {exception.Message.Split(" LineNumber:")[0]}");
        }
    }
}
