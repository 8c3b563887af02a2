using System.Text.Json;

namespace BlueEdge.Tool.Results;

/// <summary>An item that was written to a file.</summary>
/// <param name="Channel">Whose it is.</param>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Path">The file.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Length">Its bytes.</param>
internal sealed record ResultFile(string Channel, long Index, string Path, string MediaType, long Length)
{
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("channel", Channel);
        json.WriteNumber("index", Index);
        json.WriteString("path", Path);
        json.WriteString("mediaType", MediaType);
        json.WriteNumber("length", Length);
        json.WriteEndObject();
    }
}
