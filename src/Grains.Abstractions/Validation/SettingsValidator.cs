using BlueEdge.Sessions;

namespace BlueEdge.Validation;

/// <summary>The numbers of a spec. Any rank is in order.</summary>
internal static class SettingsValidator
{
    private const int MostAttempts = 100;
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromDays(1);

    public static void Validate(SessionSpec spec, SessionLimits limits, FaultCollector faults)
    {
        if (spec.WaitTime < TimeSpan.Zero)
        {
            faults.Add("/waitTimeSecond", FaultCodes.OutOfRange, "The seconds to wait are 0 or more.");
        }

        if (spec.MaxDuration is { } duration && (duration <= TimeSpan.Zero || duration > limits.Duration))
        {
            faults.Add(
                "/maxDurationSeconds",
                FaultCodes.OutOfRange,
                $"The seconds that the session may take are more than 0 and at most {limits.Duration.TotalSeconds} (BlueEdge:Limits:Duration).");
        }

        if (spec.Retry is { Attempts: < 0 or > MostAttempts })
        {
            faults.Add("/retry/attempts", FaultCodes.OutOfRange, $"Further attempts are 0 to {MostAttempts}.");
        }

        if (spec.Retry is { } retry && (retry.Backoff < TimeSpan.Zero || retry.Backoff > LongestBackoff))
        {
            faults.Add(
                "/retry/backoffSeconds", FaultCodes.OutOfRange, $"The seconds between attempts are 0 to {LongestBackoff.TotalSeconds}.");
        }
    }
}
