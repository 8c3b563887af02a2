using BlueEdge.Gateway.Quotas;
using BlueEdge.Grains.Quotas;
using BlueEdge.Quotas;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>Gateways that share a tenant's quota, on a clock that is turned by hand. An exchange takes some milliseconds, and requests that wait for one are tried again at its end.</summary>
internal sealed class LendingModel(QuotaLimits limits, int gateways, double latency)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);

    private readonly Node[] _nodes = [.. Enumerable.Range(0, gateways).Select(_ => new Node())];
    private readonly List<(double At, int Node)> _ends = [];
    private QuotaLending _lending = QuotaLending.Empty;
    private double _now;

    /// <summary>How many each gateway let by.</summary>
    public IReadOnlyList<int> Admitted => [.. _nodes.Select(node => node.Admitted)];

    /// <summary>When each was let by, in seconds.</summary>
    public List<double> Times { get; } = [];

    /// <summary>The most sessions that were open at once, where they last <see cref="SessionSeconds"/>.</summary>
    public int MostOpen { get; private set; }

    public double SessionSeconds { get; init; } = 0.3;

    public int Exchanges { get; private set; }

    private DateTimeOffset Clock => Start + TimeSpan.FromSeconds(_now);

    private int Open => _ends.Count;

    /// <summary>Submissions come at gateways at their times, the earliest first.</summary>
    public void Run(IEnumerable<(double At, int Gateway)> arrivals)
    {
        foreach (var (at, gateway) in arrivals)
        {
            CatchUp(at);
            Try(_nodes[gateway], tries: 0);
        }

        CatchUp(_now + 10);
    }

    private void CatchUp(double until)
    {
        while (_nodes.Where(node => node.AnswerAt <= until).MinBy(node => node.AnswerAt) is { } next)
        {
            Move(next.AnswerAt);
            next.Loan.Take(next.Grant ?? throw new InvalidOperationException("It has asked."), Clock);
            next.AnswerAt = double.MaxValue;
            var waiting = next.Waiting.ToList();
            next.Waiting.Clear();
            foreach (var tries in waiting)
            {
                Try(next, tries + 1);
            }
        }

        Move(until);
    }

    private void Move(double to)
    {
        _now = to;
        _ends.RemoveAll(end => end.At <= to);
    }

    private void Try(Node node, int tries)
    {
        var verdict = node.Loan.TryBegin(limits, Clock, tries);
        if (verdict.Refused is null && !verdict.IsOpen)
        {
            node.Admitted++;
            node.Loan.End(); // It is stored at once.
            Times.Add(_now);
            _ends.Add((_now + SessionSeconds, 0));
            MostOpen = Math.Max(MostOpen, Open);
        }

        if (verdict.IsShort && node.AnswerAt == double.MaxValue)
        {
            var (wanted, inFlight) = node.Loan.Report(Clock);
            (_lending, node.Grant) = _lending.Lend(new() { Gateway = node.Id, Limits = limits, Wanted = wanted, InFlight = inFlight }, Open, Clock);
            node.AnswerAt = _now + latency;
            Exchanges++;
        }

        if (verdict.IsOpen)
        {
            node.Waiting.Add(tries);
        }
    }

    private sealed class Node
    {
        public Guid Id { get; } = Guid.NewGuid();

        public SubmissionLoan Loan { get; } = new();

        public QuotaGrant? Grant { get; set; }

        public double AnswerAt { get; set; } = double.MaxValue;

        public List<int> Waiting { get; } = [];

        public int Admitted { get; set; }
    }
}
