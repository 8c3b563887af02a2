using System.Globalization;
using System.Text;
using System.Text.Json;

namespace BlueEdge.Gateway.Tests.Fuzzing;

/// <summary>Makes bodies of a schema of the API's document: valid ones, ones with something wrong, and ones that are all wrong.</summary>
/// <param name="document">The OpenAPI document.</param>
/// <param name="random">Decides.</param>
internal sealed class BodyGenerator(JsonElement document, Random random)
{
    private const int Deepest = 12;

    // Names that engines, ports and channels of the samples have, so that much of what is made fits together.
    private static readonly string[] Names = ["hello", "relay", "Control", "Result", "In", "Out", "a", "b", "Input", "finish", "sessionStatusChanged", "http://127.0.0.1:9/x"];

    /// <summary>Of a hundred values so many are hostile.</summary>
    private int _hostility;

    /// <summary>A body for an operation.</summary>
    public byte[] Make(JsonElement content)
    {
        _hostility = random.Next(3) switch { 0 => 0, 1 => 3, _ => 25 };
        var examples = content.GetProperty("examples").EnumerateObject().ToList();
        var text = new StringBuilder();
        if (random.Next(2) == 0)
        {
            Change(text, examples[random.Next(examples.Count)].Value.GetProperty("value"));
        }
        else
        {
            Write(text, content.GetProperty("schema"), name: "", depth: 0);
        }

        // Nothing may hold a slot for longer than the test takes.
        text.Replace("\"delay\"", "\"hello\"");
        // And nobody is called.
        text.Replace("hooks.example.org", "127.0.0.1");
        var body = Encoding.UTF8.GetBytes(text.ToString());
        return random.Next(10) == 0 ? Hostile.Break(body, random) : body;
    }

    /// <summary>Copies a value, and puts something else here and there.</summary>
    private void Change(StringBuilder text, JsonElement value)
    {
        if (IsHostile())
        {
            text.Append(Pick(Hostile.Json));
        }
        else if (value.ValueKind is JsonValueKind.Object)
        {
            WriteObject(text, value.EnumerateObject(), member => (member.Name, () => Change(text, member.Value)));
        }
        else if (value.ValueKind is JsonValueKind.Array)
        {
            WriteArray(text, value.EnumerateArray().ToList(), item => Change(text, item));
        }
        else
        {
            text.Append(value.GetRawText());
        }
    }

    /// <summary>Writes a value that the schema describes.</summary>
    private void Write(StringBuilder text, JsonElement schema, string name, int depth)
    {
        if (IsHostile() || depth > Deepest)
        {
            text.Append(Pick(Hostile.Json));
        }
        else if (schema.TryGetProperty("$ref", out var reference))
        {
            Write(text, Find(reference.GetString() ?? ""), name, depth);
        }
        else if (schema.TryGetProperty("oneOf", out var choices))
        {
            Write(text, Pick(choices.EnumerateArray().ToList()), name, depth);
        }
        else if (schema.TryGetProperty("enum", out var words))
        {
            text.Append(Pick(words.EnumerateArray().ToList()).GetRawText());
        }
        else
        {
            WriteKind(text, schema, name, depth);
        }
    }

    private void WriteKind(StringBuilder text, JsonElement schema, string name, int depth)
    {
        switch (KindOf(schema))
        {
            case "object" when schema.TryGetProperty("properties", out var members):
                var given = members.EnumerateObject().Where(_ => random.Next(10) > 0).ToList();
                WriteObject(text, given, member => (member.Name, () => Write(text, member.Value, member.Name, depth + 1)));
                break;
            case "object" when schema.TryGetProperty("additionalProperties", out var each) && each.ValueKind is JsonValueKind.Object:
                var names = Enumerable.Range(0, random.Next(4)).Select(_ => Pick(Names)).ToList();
                WriteObject(text, names, key => (key, () => Write(text, each, key, depth + 1)));
                break;
            case "array":
                WriteArray(text, Enumerable.Range(0, random.Next(4)).ToList(), _ => Write(text, schema.GetProperty("items"), name, depth + 1));
                break;
            case "integer":
                text.Append(CultureInfo.InvariantCulture, $"{random.Next(4)}");
                break;
            case "number":
                text.Append(CultureInfo.InvariantCulture, $"{random.NextDouble():F3}");
                break;
            case "boolean":
                text.Append(random.Next(2) == 0 ? "true" : "false");
                break;
            case "string":
                text.Append(JsonSerializer.Serialize(Pick(Names)));
                break;
            default:
                text.Append(Pick(["1", "{\"name\":\"Ada\"}", "\"AAAA\"", "[1,2]"]));
                break;
        }
    }

    private void WriteObject<T>(StringBuilder text, IEnumerable<T> members, Func<T, (string Name, Action Value)> write)
    {
        text.Append('{');
        var comma = "";
        foreach (var member in members)
        {
            for (var times = IsHostile() ? random.Next(3) : 1; times > 0; times--)
            {
                var (name, value) = write(member);
                text.Append(comma).Append(JsonSerializer.Serialize(IsHostile() ? Pick(Hostile.Text) : name)).Append(':');
                value();
                comma = ",";
            }
        }

        text.Append('}');
    }

    private static void WriteArray<T>(StringBuilder text, List<T> items, Action<T> write)
    {
        text.Append('[');
        for (var place = 0; place < items.Count; place++)
        {
            text.Append(place > 0 ? "," : "");
            write(items[place]);
        }

        text.Append(']');
    }

    private static string KindOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? ""
        : type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Select(each => each.GetString()).First(each => each is not "null") ?? ""
        : type.GetString() ?? "";

    private JsonElement Find(string reference) =>
        reference.Split('/')[1..].Aggregate(document, (element, step) => element.GetProperty(step));

    private bool IsHostile() => random.Next(100) < _hostility;

    private T Pick<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];
}
