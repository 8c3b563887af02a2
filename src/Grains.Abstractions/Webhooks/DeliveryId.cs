using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using BlueEdge.Sessions;

namespace BlueEdge.Webhooks;

/// <summary>
/// Names an event on its way to a receiver, alike in each try and after any crash: the session, when it was submitted (an id can be used
/// again once a session is forgotten), which of its webhooks, and the event's number. Written as
/// <c>{session}-{ms since 1970 in hex}-{webhook}-{event}</c>.
/// </summary>
/// <param name="SessionId">The session's id.</param>
/// <param name="SubmittedAt">When that session was submitted; milliseconds count.</param>
/// <param name="Webhook">The webhook's place in the session's spec, from 0.</param>
/// <param name="Event">The event's number, from 1.</param>
[GenerateSerializer, Immutable, Alias("blueedge.delivery-id")]
public readonly record struct DeliveryId(
    [property: Id(0)] string SessionId, [property: Id(1)] DateTimeOffset SubmittedAt, [property: Id(2)] int Webhook, [property: Id(3)] long Event)
{
    /// <summary>Reads an id, where it is one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DeliveryId id)
    {
        id = default;
        if (text?.Split('-') is not [var session, var submitted, var webhook, var number]
            || !SessionIds.IsValid(session)
            || !long.TryParse(submitted, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ms)
            || ms is < 0 or > 253_402_300_799_999
            || !int.TryParse(webhook, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var eventNumber))
        {
            return false;
        }

        id = new(session, DateTimeOffset.FromUnixTimeMilliseconds(ms), place, eventNumber);
        return string.Equals(id.ToString(), text, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{SessionId}-{SubmittedAt.ToUnixTimeMilliseconds():x}-{Webhook}-{Event}");
}
