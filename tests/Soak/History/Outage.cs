namespace BlueEdge.Soak.History;

/// <summary>A time in which a part was killed, stopped or paused.</summary>
/// <param name="Fault">kill, stop, pause; <see cref="EndedByItself"/> where nobody did it.</param>
/// <param name="Part">The part's name.</param>
/// <param name="Began">When it began.</param>
/// <param name="Undone">When the part was started again, or went on.</param>
/// <param name="Ready">When it said that it is ready; the run's end where it did not.</param>
internal sealed record Outage(string Fault, string Part, TimeSpan Began, TimeSpan Undone, TimeSpan Ready)
{
    public const string Kill = "kill";
    public const string Stop = "stop";
    public const string Pause = "pause";

    /// <summary>It was told to stop, and had to be killed.</summary>
    public const string DidNotStop = "did not stop";
    public const string EndedByItself = "ended by itself";

    /// <summary>silo, host, gateway, redis, kafka or embedded.</summary>
    public string Role => Part.Split('-')[0];

    /// <summary>Whether it may show between these times.</summary>
    public bool Touches(TimeSpan from, TimeSpan to, TimeSpan aftermath) => Began <= to && from <= Ready + aftermath;

    public override string ToString() => $"{Fault} {Part} {Began.TotalSeconds:0.0}-{Undone.TotalSeconds:0.0} s, ready {Ready.TotalSeconds:0.0} s";
}
