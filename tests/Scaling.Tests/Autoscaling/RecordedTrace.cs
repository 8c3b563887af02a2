using System.Globalization;

namespace BlueEdge.Scaling.Tests.Autoscaling;

/// <summary>What a real control plane made of a demand: a row for each second in which something changed.</summary>
public sealed class RecordedTrace
{
    /// <summary>As deploy/k8s/overlays/local has its engine <c>delay</c>, on a control plane whose autoscaler looks once a second.</summary>
    public static readonly ScalingSettings Settings = new()
    {
        Slots = 3,
        PollingInterval = TimeSpan.FromSeconds(5),
        Cooldown = TimeSpan.FromSeconds(6),
        Most = 8,
        SyncPeriod = TimeSpan.FromSeconds(1),
        DownWindow = TimeSpan.FromSeconds(6),
        UpPolicies = [new(1_000, false, TimeSpan.FromSeconds(1))],
    };

    /// <summary>KEDA asks every five seconds, at moments that are not known, and a second is the finest that was looked at.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(6);

    private readonly List<(int Second, int Demand, int Replicas)> _rows;

    private RecordedTrace(IEnumerable<(int Second, int Demand, int Replicas)> rows) => _rows = [.. rows];

    /// <summary>Reads the table that <c>scripts/scaling-timeline</c> writes: second, demand, wanted.</summary>
    public static RecordedTrace Read(string table) => new(
        from line in table.Split('\n')
        let cells = line.Split('|', StringSplitOptions.TrimEntries)
        where cells.Length > 4 && int.TryParse(cells[1], CultureInfo.InvariantCulture, out _)
        select (Number(cells[1]), Number(cells[2]), Number(cells[3])));

    /// <summary>Where the model has other numbers than were seen, for what was then the demand.</summary>
    public IReadOnlyList<(TimeSpan At, int Seen, int Least, int Most)> DiffersFrom(ScalingSettings settings)
    {
        // The last row stays: the model may come to it later.
        var seconds = Enumerable.Range(0, _rows[^1].Second + 1 + (int)Slack.TotalSeconds).Select(second => _rows.FindLast(row => row.Second <= second)).ToList();
        var model = ScalingModel.Run(settings, seconds.Select(row => (int?)row.Demand));
        return ScalingModel.Differs(model, seconds.Select((row, second) => (TimeSpan.FromSeconds(second), row.Replicas)), Slack);
    }

    private static int Number(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
