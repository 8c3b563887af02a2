using BlueEdge.Sessions;

namespace BlueEdge.Validation;

/// <summary>Channels that clients write or listen to: an engine has the other end, and what only such channels have stands at no other.</summary>
internal static class ExternalValidator
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    public static void Validate(SessionIndex session, RetrySpec? retry, FaultCollector faults)
    {
        for (var channel = 0; channel < session.Channels.Length; channel++)
        {
            switch (session.Channels[channel].External)
            {
                case ExternalDirection.In:
                    CheckInput(session, channel, retry, faults);
                    break;
                case ExternalDirection.Out:
                    CheckOutput(session, channel, faults);
                    CheckNoInput(session.Channels[channel], channel, faults);
                    break;
                case ExternalDirection.None:
                    CheckNoInput(session.Channels[channel], channel, faults);
                    break;
                default:
                    faults.Add($"/dataChannels/{channel}/external", FaultCodes.Malformed, "A channel is external as in or out.");
                    break;
            }
        }
    }

    private static void CheckInput(SessionIndex session, int channel, RetrySpec? retry, FaultCollector faults)
    {
        var spec = session.Channels[channel];
        if (!session.IsRead(channel))
        {
            faults.Add(
                $"/dataChannels/{channel}/external",
                FaultCodes.ChannelNotLinked,
                $"No engine reads the channel {FaultText.Quote(spec.Name)}, which clients write: link an input to it.");
        }

        if (retry is { Attempts: > 0 } && !spec.Record)
        {
            faults.Add(
                $"/dataChannels/{channel}/record",
                FaultCodes.Required,
                $"A session with retry runs again from its beginning, and clients do not write the channel {FaultText.Quote(spec.Name)} again: set record to true, or leave retry out.");
        }

        if (spec.WriterTimeout is { } timeout && (timeout < ShortestTimeout || timeout > LongestTimeout))
        {
            faults.Add(
                $"/dataChannels/{channel}/writerTimeoutSeconds",
                FaultCodes.OutOfRange,
                $"The seconds until a writer counts as lost are {ShortestTimeout.TotalSeconds} to {LongestTimeout.TotalSeconds}.");
        }

        if (spec.OnWriterLost is not (null or WriterLostPolicy.End or WriterLostPolicy.Fail))
        {
            faults.Add($"/dataChannels/{channel}/onWriterLost", FaultCodes.Malformed, "What a channel does when its writers are lost is end or fail.");
        }
    }

    private static void CheckOutput(SessionIndex session, int channel, FaultCollector faults)
    {
        if (!session.IsWritten(channel))
        {
            faults.Add(
                $"/dataChannels/{channel}/external",
                FaultCodes.ChannelNotLinked,
                $"No engine writes the channel {FaultText.Quote(session.Channels[channel].Name)}, which clients listen to: link an output to it.");
        }
    }

    private static void CheckNoInput(ChannelSpec spec, int channel, FaultCollector faults)
    {
        Check("record", spec.Record);
        Check("writerTimeoutSeconds", spec.WriterTimeout is not null);
        Check("onWriterLost", spec.OnWriterLost is not null);

        void Check(string member, bool isSaid)
        {
            if (isSaid)
            {
                faults.Add(
                    $"/dataChannels/{channel}/{member}",
                    FaultCodes.NotExternalInput,
                    $"Clients do not write the channel {FaultText.Quote(spec.Name)}: set external to in, or leave {member} out.");
            }
        }
    }
}
