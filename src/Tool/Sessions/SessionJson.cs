using System.Text.Json;
using BlueEdge.Tool.Output;

namespace BlueEdge.Tool.Sessions;

/// <summary>Sessions for programs.</summary>
internal static class SessionJson
{
    /// <summary>What the server says of the session itself; its results are read apart.</summary>
    public static void Write(Printer printer, JsonElement data) => printer.WriteJson(json =>
    {
        json.WriteStartObject();
        WriteMembers(json, data);
        json.WriteEndObject();
    });

    public static void WriteMembers(Utf8JsonWriter json, JsonElement data)
    {
        foreach (var member in data.EnumerateObject().Where(member => member.Name is "sessionId" or "process" or "warnings"))
        {
            member.WriteTo(json);
        }
    }
}
