using System.Text.Json;
using BlueEdge.Channels;
using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Json;

/// <summary>
/// Reads single values. A value of the wrong kind is a fault and read as if it were left out; so is <c>null</c>, without
/// a fault, since clients write it for what they do not set.
/// </summary>
internal static class JsonValues
{
    /// <summary>A type that could not be read: the fault is noted, and validation compares it with nothing.</summary>
    public const ChannelType UnknownType = (ChannelType)(-1);

    private const double LongestSeconds = 1e9;

    /// <summary>Whether the reader stands at a value of that kind; passes over any other.</summary>
    public static bool Expect(ref Utf8JsonReader json, JsonTokenType kind, string wanted, BodyFaults faults)
    {
        if (json.TokenType == kind)
        {
            return true;
        }

        if (json.TokenType != JsonTokenType.Null)
        {
            faults.Add(FaultCodes.Malformed, $"This has to be {wanted}, not {Kind(json.TokenType)}.");
            json.Skip();
        }

        return false;
    }

    public static string? String(ref Utf8JsonReader json, BodyFaults faults)
    {
        if (!Expect(ref json, JsonTokenType.String, "a string", faults))
        {
            return null;
        }

        if (Text(ref json) is { } text)
        {
            return text;
        }

        faults.Add(FaultCodes.Malformed, "The string has half a surrogate pair.");
        return null;
    }

    /// <summary>The string or name at which the reader stands, or <see langword="null"/> where it is no text.</summary>
    public static string? Text(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            // The reader's only word for an escaped half of a surrogate pair.
            return null;
        }
    }

    public static bool Boolean(ref Utf8JsonReader json, BodyFaults faults) =>
        json.TokenType == JsonTokenType.True
        || (json.TokenType != JsonTokenType.False && Expect(ref json, JsonTokenType.True, "true or false", faults));

    /// <summary>A whole number; one written as <c>2.0</c> is whole too.</summary>
    public static int? Integer(ref Utf8JsonReader json, BodyFaults faults)
    {
        if (!Expect(ref json, JsonTokenType.Number, "a whole number", faults))
        {
            return null;
        }

        if (json.TryGetInt32(out var number))
        {
            return number;
        }

        if (!json.TryGetDouble(out var value) || value is < int.MinValue or > int.MaxValue)
        {
            faults.Add(FaultCodes.OutOfRange, $"The number lies outside {int.MinValue} to {int.MaxValue}.");
            return null;
        }

        if (Math.Floor(value) < value)
        {
            faults.Add(FaultCodes.Malformed, "This has to be a whole number.");
            return null;
        }

        return (int)value;
    }

    /// <summary>A number of seconds, fractions too. What no clock counts is cut to what one does.</summary>
    public static TimeSpan? Seconds(ref Utf8JsonReader json, BodyFaults faults) =>
        Expect(ref json, JsonTokenType.Number, "a number of seconds", faults) && json.TryGetDouble(out var seconds)
            ? TimeSpan.FromSeconds(Math.Clamp(seconds, -LongestSeconds, LongestSeconds))
            : null;

    /// <summary>A channel's type, in any case; <see cref="UnknownType"/> with a fault, or <see langword="null"/> where it is left out.</summary>
    public static ChannelType? Type(ref Utf8JsonReader json, BodyFaults faults)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (String(ref json, faults) is not { } name)
        {
            return UnknownType;
        }

        if (ChannelTypes.Parse(name) is { } type)
        {
            return type;
        }

        faults.Add(FaultCodes.Malformed, $"'{Shown.Short(name)}' is no type: it is {ChannelTypes.Choice}.");
        return UnknownType;
    }

    /// <summary>How a channel delivers; every item where it is left out.</summary>
    public static DeliveryMode Delivery(ref Utf8JsonReader json, BodyFaults faults)
    {
        switch (String(ref json, faults))
        {
            case null or "every":
                return DeliveryMode.Every;
            case "latest":
                return DeliveryMode.Latest;
            case var other:
                faults.Add(FaultCodes.Malformed, $"'{Shown.Short(other)}' is no way to deliver: it is every or latest.");
                return DeliveryMode.Every;
        }
    }

    /// <summary>At which end clients take part in a channel; at none where it is left out.</summary>
    public static ExternalDirection External(ref Utf8JsonReader json, BodyFaults faults)
    {
        switch (String(ref json, faults))
        {
            case null:
                return ExternalDirection.None;
            case "in":
                return ExternalDirection.In;
            case "out":
                return ExternalDirection.Out;
            case var other:
                faults.Add(FaultCodes.Malformed, $"'{Shown.Short(other)}' is no end of a channel: clients write it with in, and listen to it with out.");
                return ExternalDirection.None;
        }
    }

    /// <summary>What becomes of a channel whose writers are lost; <see langword="null"/> where it is left out.</summary>
    public static WriterLostPolicy? WriterLost(ref Utf8JsonReader json, BodyFaults faults)
    {
        switch (String(ref json, faults))
        {
            case null:
                return null;
            case "end":
                return WriterLostPolicy.End;
            case "fail":
                return WriterLostPolicy.Fail;
            case var other:
                faults.Add(FaultCodes.Malformed, $"'{Shown.Short(other)}' is nothing that a channel does when its writers are lost: it is end or fail.");
                return null;
        }
    }

    /// <summary>What becomes of a session when one of its nodes is stopped; it fails where that is left out.</summary>
    public static NodeStopPolicy NodeStop(ref Utf8JsonReader json, BodyFaults faults)
    {
        switch (String(ref json, faults))
        {
            case null or "fail":
                return NodeStopPolicy.Fail;
            case "continue":
                return NodeStopPolicy.Continue;
            case var other:
                faults.Add(FaultCodes.Malformed, $"'{Shown.Short(other)}' is nothing that a session does when a node is stopped: it is fail or continue.");
                return NodeStopPolicy.Fail;
        }
    }

    private static string Kind(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        _ => "true or false",
    };
}
