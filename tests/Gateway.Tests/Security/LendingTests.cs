using BlueEdge.Quotas;
using CsCheck;

namespace BlueEdge.Gateway.Tests.Security;

/// <summary>What gateways let by of a tenant's submissions together, by a model of them.</summary>
public sealed class LendingTests
{
    private static readonly Gen<(int Gateways, double Rate, double Latency, double Seconds, double[] Loads, int Seed)> Crowds = Gen.Select(
        Gen.Int[1, 6], Gen.Double[0.5, 400], Gen.Double[0, 0.05], Gen.Double[1, 8], Gen.Double[0, 600].Array[6], Gen.Int[0, int.MaxValue - 1]);

    [Fact]
    public void All_gateways_together_let_by_no_more_than_the_limit_and_its_burst() => Crowds.Sample(
        crowd =>
        {
            var (gateways, rate, latency, seconds, loads, seed) = crowd;
            var limits = new QuotaLimits { SubmissionsPerSecond = rate };
            LendingModel model = new(limits, gateways, latency);

            model.Run(Arrivals(loads[..gateways], seconds, seed));

            Assert.True(model.Admitted.Sum() <= (limits.SubmissionsPerSecond * (seconds + 0.2) * 1.1) + limits.Burst, $"{model.Admitted.Sum()} of {rate} a second in {seconds} s");
        },
        iter: 150);

    [Fact]
    public void Who_asks_for_more_than_the_limit_gets_all_of_it() => Crowds.Sample(
        crowd =>
        {
            var (gateways, rate, latency, seconds, _, seed) = crowd;
            rate = Math.Max(rate, 20);
            var limits = new QuotaLimits { SubmissionsPerSecond = rate };
            LendingModel model = new(limits, gateways, latency);

            model.Run(Arrivals([.. Enumerable.Repeat(rate * 2, gateways)], seconds, seed));

            Assert.True(model.Admitted.Sum() >= (rate * (seconds - 0.4) * 0.9) + (limits.Burst * 0.8), $"{model.Admitted.Sum()} of {rate} a second in {seconds} s");
        },
        iter: 60);

    [Fact]
    public void A_busy_gateway_is_not_starved_by_idle_ones() => Crowds.Sample(
        crowd =>
        {
            var (gateways, rate, latency, seconds, _, seed) = crowd;
            rate = Math.Max(rate, 20);
            LendingModel model = new(new() { SubmissionsPerSecond = rate }, gateways, latency);

            // The others came by at the begin, and then not again.
            List<(double At, int Gateway)> arrivals = [.. Enumerable.Range(1, gateways - 1).Select(gateway => (0.0, gateway)), .. Arrivals([rate * 3], seconds + 2, seed)];
            model.Run(arrivals);

            Assert.True(model.Admitted[0] >= rate * seconds * 0.9, $"{model.Admitted[0]} of {rate} a second in {seconds + 2} s");
        },
        iter: 60);

    [Fact]
    public void Of_busy_gateways_each_has_a_part() => Crowds.Sample(
        crowd =>
        {
            var (gateways, rate, latency, seconds, _, seed) = crowd;
            rate = Math.Max(rate, 50 * gateways);
            LendingModel model = new(new() { SubmissionsPerSecond = rate }, gateways, latency);

            model.Run(Arrivals([.. Enumerable.Repeat(rate * 2, gateways)], seconds + 3, seed));

            Assert.All(model.Admitted, admitted => Assert.True(admitted >= rate * seconds / gateways / 4, $"{string.Join(", ", model.Admitted)} of {rate} a second in {seconds + 3} s"));
        },
        iter: 60);

    [Fact]
    public void Who_stays_below_the_limit_is_never_refused() => Crowds.Sample(
        crowd =>
        {
            var (gateways, rate, latency, seconds, _, seed) = crowd;
            rate = Math.Max(rate, 50);
            LendingModel model = new(new() { SubmissionsPerSecond = rate }, gateways, latency);
            List<(double At, int Gateway)> arrivals = Arrivals([.. Enumerable.Repeat(rate / 3 / gateways, gateways)], seconds, seed);

            model.Run(arrivals);

            Assert.Equal(arrivals.Count, model.Admitted.Sum());
        },
        iter: 60);

    [Fact]
    public void No_more_sessions_are_open_than_may_be_and_the_room_is_used() => Crowds.Sample(
        crowd =>
        {
            var (gateways, rate, latency, seconds, _, seed) = crowd;
            var most = (int)Math.Max(gateways * 2, rate / 4);
            LendingModel model = new(new() { OpenSessions = most }, gateways, latency);

            model.Run(Arrivals([.. Enumerable.Repeat(most * 20.0, gateways)], seconds, seed));

            Assert.InRange(model.MostOpen, most / 2, most);
        },
        iter: 60);

    [Fact]
    public void Asking_costs_little_where_there_is_enough()
    {
        LendingModel model = new(new() { SubmissionsPerSecond = 10_000, OpenSessions = 100_000 }, gateways: 2, latency: 0.002);
        List<(double At, int Gateway)> arrivals = Arrivals([1_000, 1_000], seconds: 5, seed: 1);

        model.Run(arrivals);

        Assert.Equal(arrivals.Count, model.Admitted.Sum());
        Assert.InRange(model.Exchanges, 1, arrivals.Count / 20);
    }

    /// <summary>Random arrivals at so many a second for each gateway.</summary>
    private static List<(double At, int Gateway)> Arrivals(double[] loads, double seconds, int seed)
    {
        var random = new Random(seed);
        return [.. loads.SelectMany((load, gateway) => Enumerable.Range(0, (int)(load * seconds)).Select(_ => (At: random.NextDouble() * seconds, Gateway: gateway))).OrderBy(arrival => arrival.At)];
    }
}
