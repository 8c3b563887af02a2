using CsCheck;

namespace BlueEdge.Scaling.Tests.Autoscaling;

/// <summary>What can be relied on with the scaler's numbers, whatever the demand does.</summary>
public sealed class ScalingModelTests
{
    private const int Length = 600;

    /// <summary>As deploy/k8s sets it: more at once and without tolerance, fewer after a quiet time.</summary>
    private static readonly ScalingSettings Ours = new()
    {
        Slots = 3,
        PollingInterval = TimeSpan.FromSeconds(5),
        Cooldown = TimeSpan.FromSeconds(60),
        DownWindow = TimeSpan.FromSeconds(60),
        UpTolerance = 0,
        UpPolicies = [new(1_000, false, TimeSpan.FromSeconds(1))],
    };

    private static readonly Gen<ScalingSettings> Settings = Gen.Select(
        Gen.Int[1, 8], Gen.Int[1, 30], Gen.Int[0, 120], Gen.Int[0, 3], Gen.Int[4, 40], Gen.Int[1, 15], Gen.Int[0, 120], Gen.Bool,
        (slots, polling, cooldown, least, most, sync, window, pushes) => Ours with
        {
            Slots = slots,
            PollingInterval = TimeSpan.FromSeconds(polling),
            Cooldown = TimeSpan.FromSeconds(cooldown),
            Least = least,
            Most = most,
            SyncPeriod = TimeSpan.FromSeconds(sync),
            DownWindow = TimeSpan.FromSeconds(window),
            Pushes = pushes,
        });

    /// <summary>A demand that stays for a while, and jumps.</summary>
    private static readonly Gen<int[]> Demand =
        Gen.Select(Gen.OneOf(Gen.Const(0), Gen.Int[0, 150]), Gen.Int[1, 90], (demand, seconds) => Enumerable.Repeat(demand, seconds)).Array[1, 12]
            .Select(pieces => pieces.SelectMany(piece => piece).Take(Length).ToArray());

    [Fact]
    public void Ten_that_wait_for_three_slots_an_instance_bring_four()
    {
        var steps = ScalingModel.Run(Ours, Enumerable.Repeat<int?>(10, 20));

        Assert.Equal(1, ScalingModel.Run(Ours with { SyncPeriod = TimeSpan.FromSeconds(15) }, [0, 10])[^1].Replicas); // KEDA's first step.
        Assert.Equal(4, steps[^1].Replicas);
    }

    [Fact]
    public void After_each_look_of_the_autoscaler_there_are_as_many_as_the_demand_needs() => Gen.Select(Settings, Demand).Sample((settings, demand) =>
    {
        foreach (var step in Run(settings, demand).Where(step => IsSync(settings, step) && step.Replicas > 0))
        {
            Assert.True(step.Replicas >= settings.NeedOf(step.Demand!.Value), $"{step} needs {settings.NeedOf(step.Demand.Value)}"); // All are known.
        }
    });

    [Fact]
    public void With_a_push_there_is_an_instance_in_the_second_in_which_there_is_demand() => Gen.Select(Settings, Demand).Sample((settings, demand) =>
        Assert.All(Run(settings with { Pushes = true }, demand), step => Assert.True(step.Demand == 0 || step.Replicas > 0, $"{step}")));

    [Fact]
    public void There_are_never_fewer_slots_than_work_that_runs() => Gen.Select(Settings, Demand).Sample((settings, demand) =>
    {
        // What runs is a part of the demand as long as it runs, and has found a slot. With the bound on instances there may be more demand than that.
        ScalingModel model = new(settings);
        var working = 0;
        foreach (var wanted in demand)
        {
            working = Math.Min(working, wanted);
            var step = model.Next(wanted);
            Assert.True(step.Replicas * settings.Slots >= working, $"{step} ends some of {working}");
            working = Math.Min(wanted, step.Replicas * settings.Slots);
        }
    });

    [Fact]
    public void Within_the_quiet_time_there_are_as_many_as_its_highest_demand_needed() => Gen.Select(Settings, Demand).Sample((settings, demand) =>
    {
        var steps = Run(settings, demand);
        var looks = steps.Where(step => IsSync(settings, step)).ToList();
        foreach (var (place, step) in looks.Index().Where(each => each.Item.Replicas > 0))
        {
            // A wish is made by a look that finds instances, and keeps those that are there: KEDA may take all of them between two looks.
            var wishes = looks.Take(place).Where(before => before.At > step.At - settings.DownWindow && before.Replicas > 0 && before.Demand > 0);
            Assert.All(wishes, before => Assert.True(
                step.Replicas >= settings.NeedOf(before.Demand!.Value) || steps.Any(each => each.At > before.At && each.At < step.At && each.Replicas == 0), $"{step} after {before}")); // All are known.
        }
    });

    [Fact]
    public void What_stays_is_followed_exactly_once_the_quiet_time_is_over() => Gen.Select(Settings, Demand, Gen.Int[0, 150]).Sample((settings, demand, last) =>
    {
        settings = settings with { DownTolerance = 0 };
        var longest = settings.DownWindow + settings.Cooldown + (2 * (settings.SyncPeriod + settings.PollingInterval)) + TimeSpan.FromSeconds(15);

        var end = Run(settings, [.. demand, .. Enumerable.Repeat(last, (int)longest.TotalSeconds + 1)])[^1];

        Assert.Equal(settings.NeedOf(last), end.Replicas);
    });

    [Fact]
    public void A_scaler_that_says_that_it_does_not_know_changes_nothing() => Gen.Select(Settings, Demand).Sample((settings, demand) =>
    {
        ScalingModel model = new(settings);
        var before = demand.Select(known => model.Next(known)).Last().Replicas;
        Assert.All(Enumerable.Range(0, Length), _ => Assert.Equal(before, model.Next(null).Replicas));
    });

    /// <summary>Why the manifests set it to 0: Kubernetes leaves a tenth of the demand without an instance otherwise.</summary>
    [Fact]
    public void With_the_tolerance_that_Kubernetes_has_a_tenth_of_the_demand_waits_for_ever()
    {
        int?[] demand = [.. Enumerable.Repeat<int?>(30, 60), .. Enumerable.Repeat<int?>(33, 600)];

        Assert.Equal(11, ScalingModel.Run(Ours, demand)[^1].Replicas);
        Assert.Equal(10, ScalingModel.Run(Ours with { UpTolerance = 0.1 }, demand)[^1].Replicas);
    }

    [Fact]
    public void A_rate_allows_so_many_more_a_period()
    {
        var steps = ScalingModel.Run(new() { Slots = 1, PollingInterval = TimeSpan.FromSeconds(5) }, Enumerable.Repeat<int?>(40, 60));

        // One by KEDA, then four more or twice as many every 15 s.
        Assert.Equal([5, 10, 20, 40], steps.Where(step => step.At.TotalSeconds % 15 == 0).Select(step => step.Replicas));
    }

    [Fact]
    public void A_comparison_forgives_a_step_that_comes_a_little_later_and_none_that_never_comes()
    {
        // One is there in the second of the push, and four when the autoscaler looks, ten seconds later.
        var model = ScalingModel.Run(Ours, [.. Enumerable.Repeat<int?>(0, 20), .. Enumerable.Repeat<int?>(10, 60)]);

        Assert.Empty(ScalingModel.Differs(model, [(TimeSpan.FromSeconds(17), 1), (TimeSpan.FromSeconds(22), 1), (TimeSpan.FromSeconds(27), 4)], slack: TimeSpan.FromSeconds(5)));
        Assert.Equal((TimeSpan.FromSeconds(50), 3, 4, 4), Assert.Single(ScalingModel.Differs(model, [(TimeSpan.FromSeconds(50), 3)], slack: TimeSpan.FromSeconds(5))));
    }

    private static IReadOnlyList<ScalingStep> Run(ScalingSettings settings, int[] demand) => ScalingModel.Run(settings, demand.Select(each => (int?)each));

    private static bool IsSync(ScalingSettings settings, ScalingStep step) => step.At.Ticks % settings.SyncPeriod.Ticks == 0;
}
