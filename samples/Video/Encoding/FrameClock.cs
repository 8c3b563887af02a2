using System.Globalization;
using System.Text.Json;

namespace BlueEdge.Samples.Video.Encoding;

/// <summary>Tells when each frame of a film is shown, in microseconds: as its attributes say, else so much after the one before it as the rate says.</summary>
internal sealed class FrameClock
{
    private const double Second = 1_000_000;

    // A film counts in 90,000ths of a second; between two frames it counts up to 2^32 of them, which are 13 hours.
    private const double Least = Second / 10_000;
    private const double Most = 3600 * Second;
    private const double Latest = 1L << 53;

    private double? _last;

    /// <summary>When the first one is shown.</summary>
    public long First { get; private set; }

    /// <summary>When the next one is shown, from the first one on.</summary>
    /// <exception cref="BlueEdgeException">It cannot be then. The message, the end of a sentence, says what to send.</exception>
    public long Next(JsonElement? attributes, double rate)
    {
        var given = Given(attributes);
        var time = given ?? (_last + (Second / rate)) ?? 0;
        if (_last is not { } last)
        {
            First = (long)time;
        }
        else if (time - last is < Least or > Most)
        {
            throw new BlueEdgeException(string.Create(
                CultureInfo.InvariantCulture,
                $"has the timestamp {time:0}, and the frame before it {last:0}; each has to be 100 to 3,600,000,000 microseconds after the one before it. Send frames in order."));
        }

        _last = time;
        return (long)time - First;
    }

    private static double? Given(JsonElement? attributes)
    {
        if (attributes is not { } said || !said.TryGetProperty("timestamp", out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 0 and <= Latest and var time
            ? time
            : throw new BlueEdgeException("has an attribute timestamp that is no time; send microseconds, from 0 on, or leave it out.");
    }
}
