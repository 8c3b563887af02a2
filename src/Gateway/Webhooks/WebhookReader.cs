using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Gateway.Json;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Webhooks;

/// <summary>Reads <c>webhooks</c>.</summary>
internal static class WebhookReader
{
    private static readonly MemberNames Members = new("statusTypes", "callbackUrl", "callbackHeader", "resultChan", "secret");

    // What servers take, and so what is worth being parsed.
    private const int LongestUrl = 8 * 1024;

    // Stands for an address that could not be read and whose fault is noted.
    private static readonly Uri Unread = new("https://unread.invalid/");

    public static ImmutableArray<WebhookSpec> ReadAll(ref Utf8JsonReader json, BodyFaults faults, SessionLimits limits)
    {
        var webhooks = ImmutableArray.CreateBuilder<WebhookSpec>();
        if (ArrayWalk.Begin(ref json, faults))
        {
            for (var items = new ArrayWalk(faults, limits.Channels); items.Next(ref json);)
            {
                webhooks.Add(Read(ref json, faults));
            }
        }

        return webhooks.DrainToImmutable();
    }

    /// <summary>Reads a body that is whom to call: of the types that fire it, and the channel, nothing is asked.</summary>
    /// <exception cref="JsonException">The body is no JSON; it says where.</exception>
    public static WebhookSpec Read(ReadOnlySpan<byte> body, BodyFaults faults)
    {
        var json = BodyJson.Start(body);
        if (json.TokenType == JsonTokenType.Null)
        {
            faults.Add(FaultCodes.Malformed, $"This has to be an object, not null.");
        }

        var webhook = Read(ref json, faults);
        BodyJson.End(ref json);
        return webhook;
    }

    private static WebhookSpec Read(ref Utf8JsonReader json, BodyFaults faults)
    {
        ImmutableArray<string> types = [];
        var headers = ImmutableDictionary<string, string>.Empty;
        Uri? url = null;
        string? channel = null;
        string? secret = null;
        if (ObjectWalk.Begin(ref json, faults))
        {
            for (var members = new ObjectWalk(Members, faults); members.Next(ref json, out var member);)
            {
                switch (member)
                {
                    case "statusTypes": types = ReadTypes(ref json, faults); break;
                    case "callbackUrl": url = ReadUrl(ref json, faults); break;
                    case "callbackHeader": headers = ReadHeaders(ref json, faults); break;
                    case "secret": secret = JsonValues.String(ref json, faults); break;
                    default: channel = JsonValues.String(ref json, faults); break;
                }
            }

            if (url is null)
            {
                faults.AddIn("callbackUrl", FaultCodes.Required, "The address to call is required.");
            }
        }

        return new() { StatusTypes = types, CallbackUrl = url ?? Unread, CallbackHeader = headers, ResultChannel = channel, Secret = secret };
    }

    private static ImmutableArray<string> ReadTypes(ref Utf8JsonReader json, BodyFaults faults)
    {
        var types = ImmutableArray.CreateBuilder<string>();
        if (ArrayWalk.Begin(ref json, faults))
        {
            for (var items = new ArrayWalk(faults); items.Next(ref json);)
            {
                types.Add(JsonValues.String(ref json, faults) ?? "");
            }
        }

        return types.DrainToImmutable();
    }

    private static Uri? ReadUrl(ref Utf8JsonReader json, BodyFaults faults)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (JsonValues.String(ref json, faults) is not { } text)
        {
            return Unread;
        }

        if (text.Length <= LongestUrl && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var url))
        {
            return url;
        }

        faults.Add(FaultCodes.Malformed, $"'{Shown.Short(text)}' is no address.");
        return Unread;
    }

    private static ImmutableDictionary<string, string> ReadHeaders(ref Utf8JsonReader json, BodyFaults faults)
    {
        var headers = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        if (ObjectWalk.Begin(ref json, faults))
        {
            for (var members = new MapWalk(faults); members.Next(ref json, FaultCodes.DuplicateName, out var name);)
            {
                headers[name] = JsonValues.String(ref json, faults) ?? "";
            }
        }

        return headers.ToImmutable();
    }
}
