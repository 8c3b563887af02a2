using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlueEdge.Grains.Tests.Scheduling;

public sealed class SchedulerWakeUpTests
{
    [Fact]
    public async Task A_call_that_Orleans_canceled_is_made_again_and_ends_nothing()
    {
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = 0;
        var scheduler = Fake<ISchedulerGrain>.Of((_, _) =>
        {
            if (++calls == 1)
            {
                // What a caller gets whose grain's directory is on a silo that just dies.
                return Task.FromException<ImmutableArray<EngineSnapshot>>(new OperationCanceledException());
            }

            answered.SetResult();
            return Task.FromResult<ImmutableArray<EngineSnapshot>>([]);
        });
        using var wakeUp = new SchedulerWakeUp(
            Fake<IGrainFactory>.Of((_, _) => scheduler),
            Fake<IClusterMembershipService>.Of((_, _) => NoneAsync()),
            Fake<IHostApplicationLifetime>.Of((_, _) => new CancellationToken(canceled: true)),
            TimeProvider.System,
            NullLogger<SchedulerWakeUp>.Instance);

        await wakeUp.StartAsync(TestContext.Current.CancellationToken);
        await Task.WhenAny(answered.Task, wakeUp.ExecuteTask!); // It was started.

        Assert.True(answered.Task.IsCompletedSuccessfully, $"It ended: {wakeUp.ExecuteTask!.Exception}");
        await wakeUp.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async IAsyncEnumerable<ClusterMembershipSnapshot> NoneAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        yield break;
    }

    /// <summary>An interface of which one member is called.</summary>
#pragma warning disable CA1852 // What implements the interface is made of it.
    private class Fake<T> : DispatchProxy
#pragma warning restore CA1852
        where T : class
    {
        private Func<MethodInfo, object?[], object?> _answer = (_, _) => null;

        public static T Of(Func<MethodInfo, object?[], object?> answer)
        {
            var fake = Create<T, Fake<T>>();
            ((Fake<T>)(object)fake)._answer = answer;
            return fake;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []); // Of an interface.
    }
}
