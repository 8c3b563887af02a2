using BlueEdge.Soak.Checks;
using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Tests.Checks;

/// <summary>A run without a fault or a violation, for tests to put one into.</summary>
internal static class ARun
{
    public const string Id = "01a215fee5037e42a1c078afb2ea3621";
    public const string Lost = "Engine 'relay' (node 'n0-0', instance 'relay/127.0.0.1:25844@1') failed: its engine instance was lost";

    private static readonly DateTimeOffset Clock = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static PlannedSession Session { get; } = new()
    {
        Number = 0,
        Kind = "chain",
        Route = "process-workflow",
        Body = "{}",
        Retries = 3,
        Key = "soak-1-0",
        Expected = new("finished") { Items = ["1", "2", "3"] },
    };

    public static SessionView End { get; } = new() { Status = "finished", EndedAt = Clock + At(10.5), Items = ["1", "2", "3"] };

    public static SoakHistory Clean { get; } = new()
    {
        Limits = new(),
        Began = Clock,
        Ended = At(100),
        Parts = ["gateway-1", "gateway-2", "host-1", "redis", "silo-1"],
        Sessions = [Session, Session with { Number = 1, Key = "soak-1-1" }],
        Submissions = [Accepted(10), .. Enumerable.Range(11, 89).Select(second => Accepted(second) with { Session = 1, SessionId = "another" })],
        Readings = [Reading(10.2, new() { Status = "processing" }), Reading(11, End), Reading(20, End) with { Gateway = "gateway-2" }, .. Another],
        Calls = [Call(10, 200)],
        Memory = [new("silo-1", At(5), 200L << 20)],
        Rest = new()
        {
            At = At(99),
            Instances = 1,
            Engines = [new("gateway-1", "relay", 0, 0, 1, 0, 0, 256, 256)],
            Lists = [new("gateway-1", "pending", []), new("gateway-1", "finished", [Id, "another"])],
            Keys = [new($"blueedge/session/{Id}", true), new("blueedge/sessions/Finished", false), new("blueedge/scheduler/default/fence", false)],
        },
    };

    /// <summary>The second session only keeps the time between submissions short.</summary>
    private static Reading[] Another => [Reading(12, End) with { SessionId = "another", Session = 1 }];

    public static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    public static Submission Accepted(double at) => new(0, "gateway-1", At(at - 0.1), At(at), 200, Id);

    public static Reading Reading(double at, SessionView? view) => new(0, Id, "gateway-1", At(at - 0.1), At(at), view);

    public static Call Call(double at, int code) => new() { Name = "GET sessions", Gateway = "gateway-1", Began = At(at - 0.1), Ended = At(at), Code = code };

    public static Outage Outage(string fault, string part, double from, double to) => new(fault, part, At(from), At(to), At(to + 1));

    /// <summary>The same with another end of the session, wherever it was seen.</summary>
    public static SoakHistory EndsAs(this SoakHistory run, SessionView end) => run with
    {
        Readings = [.. run.Readings.Select(reading => reading.SessionId == Id && reading.View is { HasEnded: true } ? reading with { View = end } : reading)],
        Rest = run.Rest! with { Lists = [.. run.Rest.Lists.Where(list => list.Status == "pending"), new("gateway-1", "finished", ["another", .. end.Status == "finished" ? [Id] : Array.Empty<string>()]), new("gateway-1", "failed", [.. end.Status == "failed" ? [Id] : Array.Empty<string>()]), new("gateway-1", "canceled", [.. end.Status == "canceled" ? [Id] : Array.Empty<string>()])] },
    };

    /// <summary>The same with another plan of the session.</summary>
    public static SoakHistory Planned(this SoakHistory run, PlannedSession session) => run with { Sessions = [session, run.Sessions[1]] };

    public static void IsClean(SoakHistory run) => Assert.Empty(AllChecks.Find(run));

    /// <summary>Exactly one check finds something, and it is this one.</summary>
    public static void Violates(string check, SoakHistory run)
    {
        var found = AllChecks.Find(run);
        Assert.NotEmpty(found);
        Assert.All(found, violation => Assert.Equal(check, violation.Check));
    }
}
