using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Grains.Sessions;

/// <summary>How sessions run. Configured under <c>BlueEdge:Sessions</c>.</summary>
public sealed class SessionOptions
{
    /// <summary>How long a stopped engine has to wind down before it is cut off; 30 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long all engines of a session have to say ready; 60 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan PrepareTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an ended session and its results can be read; 24 h by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long a session may take that says nothing about it (<c>maxDurationSeconds</c>), from when it first has its slots; a
    /// day by default. What one may ask for is bounded by <c>BlueEdge:Limits:Duration</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "40.00:00:00")]
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromDays(1);
}
