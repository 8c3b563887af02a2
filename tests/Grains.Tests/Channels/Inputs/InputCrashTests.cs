using System.Globalization;
using System.Text;
using BlueEdge.Calls;
using BlueEdge.Channels;
using BlueEdge.Channels.Inputs;
using BlueEdge.Sessions;
using static BlueEdge.Grains.Tests.Sessions.Specs;

namespace BlueEdge.Grains.Tests.Channels.Inputs;

/// <summary>What clients write while the silo dies that takes it.</summary>
public sealed class InputCrashTests
{
    private const int Writers = 4;
    private const int Half = 100;
    private const int Afterwards = 50;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_or_doubled_and_each_writers_order_stays()
    {
        await using var cluster = await OwnCluster.StartAsync(silos: 3);
        var (session, input) = await BeginAsync(cluster);
        var (half, killed) = (NewSignal(), NewSignal());

        var writing = Enumerable.Range(0, Writers).Select(writer => WriteAllAsync(input, writer, half, killed.Task)).ToList();
        await half.Task;
        await cluster.Silos.KillSiloAsync(await cluster.SiloOfAsync(input), Ct);
        killed.SetResult();
        var counts = await Task.WhenAll(writing);
        await UntilTakenAsync(input, new() { Writer = "w0", Ends = true });

        SessionSnapshot? ended = null;
        await OwnCluster.UntilAsync(async () => (ended = await session.WaitAsync(TimeSpan.FromSeconds(10), Ct))?.Status.IsTerminal() ?? false, "the session's end");
        Assert.Equal((SessionStatus.Finished, null), (ended!.Status, ended.Reason)); // It has ended.
        var read = await ReadAsync(session, "result");
        Assert.Equal(counts.Sum(), read.Length);
        Assert.All(Enumerable.Range(0, Writers), writer => Assert.Equal(
            Enumerable.Range(0, counts[writer]).Select(i => Text(writer, i)), read.Where(item => item.StartsWith($"\"w{writer}:", StringComparison.Ordinal))));
    }

    /// <summary>Its engine and its channel live on different silos, or the engine would die with it and the session fail.</summary>
    private static async Task<(ISessionGrain Session, IChannelInputGrain Input)> BeginAsync(OwnCluster cluster)
    {
        while (true)
        {
            var session = cluster.Grains.GetGrain<ISessionGrain>(SessionIds.Create());
            var spec = Session([Node("reader", "relay", [("In", "in")], ("Out", "result"))]);
            await session.SubmitAsync(
                spec with { Channels = [.. spec.Channels.Select(channel => channel.Name == "in" ? channel with { External = ExternalDirection.In } : channel)] }, fingerprint: null, Ct);
            var running = await Cluster.ReachAsync(session, SessionStatus.Processing);
            var input = cluster.Grains.Find<IChannelInputGrain>(new ChannelKey(session.GetPrimaryKeyString(), "in").ToString());
            await input.FindAsync(Ct);
            var silo = await cluster.SiloOfAsync(input);
            if (!(running.Nodes[0].Instance ?? "").Contains(silo.SiloAddress.ToParsableString(), StringComparison.Ordinal))
            {
                return (session, input);
            }

            await session.StopAsync(Ct);
        }
    }

    /// <summary>Writes until the silo is dead, and a while afterwards; what it wrote last comes again each time, as from who had no answer.</summary>
    private static async Task<int> WriteAllAsync(IChannelInputGrain input, int writer, TaskCompletionSource half, Task killed)
    {
        var end = 0;
        for (var afterwards = 0; afterwards < Afterwards; afterwards += killed.IsCompleted ? 1 : 0)
        {
            var first = Math.Max(0, end - 2);
            end += 2;
            await UntilTakenAsync(
                input, new() { Writer = $"w{writer}", FirstSequence = first, Items = [.. Enumerable.Range(first, end - first).Select(number => Payload.Json(Encoding.UTF8.GetBytes(Text(writer, number))))] });
            if (end == Half)
            {
                half.TrySetResult();
            }
        }

        return end;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task UntilTakenAsync(IChannelInputGrain input, InputWrite write) => OwnCluster.UntilAsync(
        async () => (await input.WriteAsync(write, Ct)).Outcome switch
        {
            InputOutcome.Taken => true,
            InputOutcome.NoRoom => false,
            var other => throw new InvalidOperationException($"It was {other}."),
        },
        "a write that is taken");

    private static string Text(int writer, int number) => string.Create(CultureInfo.InvariantCulture, $"\"w{writer}:{number}\"");
}
