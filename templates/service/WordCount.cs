using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Sessions;

namespace TextService;

/// <summary>The session of one engine, <c>word-count</c>, which counts the words of one text.</summary>
internal static class WordCount
{
    public const string Counts = "Counts";
    private const string Texts = "Texts";

    public static SessionSpec Of(Sentence sentence) => new()
    {
        Channels =
        [
            new() { Name = Texts, Type = ChannelType.Json },
            new() { Name = Counts, Type = ChannelType.Json, Interested = true },
        ],
        Nodes =
        [
            new()
            {
                Name = "Counter",
                Engine = "word-count",
                Inputs = [new() { Port = "Text", Channel = Texts }],
                Outputs = [new() { Port = "Count", Channel = Counts }],
            },
        ],
        StartData = [new() { Channel = Texts, Payload = Payload.Json(JsonSerializer.SerializeToUtf8Bytes(sentence, JsonSerializerOptions.Web)) }],
    };
}
