using BlueEdge.Channels;
using BlueEdge.Sessions;

namespace BlueEdge.Validation;

/// <summary>Start data: for a channel of the session that nobody else writes, of its type, and with an envelope within its limits.</summary>
internal static class StartDataValidator
{
    public static void Validate(SessionIndex session, SessionLimits limits, FaultCollector faults)
    {
        for (var item = 0; item < session.StartData.Length; item++)
        {
            var start = session.StartData[item];
            var channel = session.FindChannel(start.Channel);
            CheckChannel(session, start, channel, item, faults);
            if (start.Payload?.Envelope is { } envelope)
            {
                EnvelopeRules.Check(envelope, $"/startData/{item}", faults);
            }

            CheckPayload(start.Payload, channel == SessionIndex.Unknown ? null : session.Channels[channel], item, limits, faults);
        }
    }

    private static void CheckChannel(
        SessionIndex session, StartDataSpec start, int channel, int item, FaultCollector faults)
    {
        if (string.IsNullOrEmpty(start.Channel))
        {
            faults.Add($"/startData/{item}/channelName", FaultCodes.Required, "The channel to send to is required.");
        }
        else if (channel == SessionIndex.Unknown)
        {
            faults.Add(
                $"/startData/{item}/channelName",
                FaultCodes.UnknownChannel,
                $"The session has no channel {FaultText.Quote(start.Channel)}: list it in dataChannels.");
        }
        else if (session.IsWritten(channel))
        {
            faults.Add(
                $"/startData/{item}/channelName",
                FaultCodes.ChannelHasWriter,
                $"An engine writes the channel {FaultText.Quote(start.Channel)}: send start data to one that none writes.");
        }
        else if (session.Channels[channel].External is ExternalDirection.In)
        {
            faults.Add(
                $"/startData/{item}/channelName",
                FaultCodes.ChannelHasWriter,
                $"Clients write the channel {FaultText.Quote(start.Channel)} while the session runs: let one of them write this, or send it to another channel.");
        }
    }

    private static void CheckPayload(
        Payload? payload, ChannelSpec? channel, int item, SessionLimits limits, FaultCollector faults)
    {
        if (payload is null)
        {
            faults.Add($"/startData/{item}/payload", FaultCodes.Required, "A payload is required.");
            return;
        }

        if (payload.Length == 0 && payload.Blob is null && ChannelTypes.IsKnown(payload.Type))
        {
            // No JSON value, picture, video or file has no bytes. One of no known type was never decoded.
            faults.Add($"/startData/{item}/payload", FaultCodes.Required, "The payload is empty.");
            return;
        }

        if (payload.Bytes.Length > limits.InlinePayloadBytes)
        {
            faults.Add(
                $"/startData/{item}/payload",
                FaultCodes.TooLarge,
                $"The payload has {payload.Bytes.Length} bytes; {limits.InlinePayloadBytes} are allowed in a request.");
        }

        if (ChannelTypes.Differ(payload.Type, channel?.Type))
        {
            faults.Add(
                $"/startData/{item}/payload",
                FaultCodes.TypeMismatch,
                $"The payload is {ChannelTypes.Name(payload.Type)}, the channel {FaultText.Quote(channel?.Name)} {ChannelTypes.Name(channel?.Type)}.");
        }
        else if (!ChannelTypes.Fits(payload.Type, payload.MediaType))
        {
            faults.Add(
                $"/startData/{item}/payload",
                FaultCodes.TypeMismatch,
                $"{FaultText.Quote(payload.MediaType)} is no media type of {ChannelTypes.Name(payload.Type)}.");
        }
    }
}
