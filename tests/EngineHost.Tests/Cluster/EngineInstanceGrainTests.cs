using BlueEdge.Channels;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Engines;
using BlueEdge.Sessions;

namespace BlueEdge.EngineHost.Tests.Cluster;

/// <summary>Instances as the rest of the cluster reaches them.</summary>
public sealed class EngineInstanceGrainTests(EngineCluster cluster)
{
    private const string Placed = "the engine's silo";

    [Fact]
    public async Task Each_silo_has_its_instance_attend_with_its_slots()
    {
        foreach (var silo in cluster.Silos)
        {
            var key = new EngineInstanceKey("directed", silo).ToString();
            var joined = cluster.Attendances.Joined[key];

            Assert.Equal((key, "directed", silo, 2), (joined.Instance, joined.Engine.Id, joined.Silo, joined.Slots));
        }

        await Task.CompletedTask;
    }

    [Fact]
    public async Task An_instance_and_its_engines_live_on_the_silo_that_its_key_names()
    {
        foreach (var silo in cluster.Silos)
        {
            for (var time = 0; time < 4; time++)
            {
                var where = new TaskCompletionSource<SiloAddress>(TaskCreationOptions.RunContinuationsAsynchronously);
                var script = new DirectedScript
                {
                    Start = (self, _) =>
                    {
                        where.SetResult(self.Silo);
                        return ValueTask.CompletedTask;
                    },
                };
                var start = Starts.Of(cluster, script, TimeSpan.FromSeconds(30)) with { Inputs = [] };

                await InstanceOn(silo).StartAsync(start, CancellationToken.None);

                Assert.Equal(silo, await where.Task.OrFail(Placed));
                Assert.Equal(SubSessionStatus.Finished, (await cluster.Reports.NextAsync(start.Key)).Status);
            }
        }
    }

    [Fact]
    public async Task Items_pass_from_an_engine_on_one_silo_to_one_on_the_other()
    {
        const int Count = 500;
        var read = new List<int>();
        var sessionId = SessionIds.Create();
        cluster.Scripts.Add(sessionId, new()
        {
            Start = async (self, cancellationToken) =>
            {
                if (self.Session.Node == "writer")
                {
                    for (var number = 0; number < Count; number++)
                    {
                        await self.Output("Out").WriteAsync(number, cancellationToken);
                    }
                }
            },
            Process = (_, input, _) =>
            {
                read.Add(input.Json<int>("In"));
                return ValueTask.CompletedTask;
            },
        });
        var readers = new EngineInstanceKey("directed", cluster.Silos[1]).ToString();
        var template = Starts.Of(cluster, null, TimeSpan.FromSeconds(30));
        var writer = template with
        {
            Key = new(sessionId, "writer"),
            Inputs = [],
            Outputs = [new OutputLink { Port = "Out", Channel = "in", Type = ChannelType.Json, Interested = false, Readers = [new ChannelEnd { Name = "reader", Address = readers }] }],
        };
        var reader = template with
        {
            Key = new(sessionId, "reader"),
            Inputs = [new InputLink { Port = "In", Channel = "in", Type = ChannelType.Json, Writers = ["writer"] }],
        };

        // The writer begins first: the reader's silo has its items wait.
        var starting = InstanceOn(cluster.Silos[0]).StartAsync(writer, CancellationToken.None);
        await InstanceOn(cluster.Silos[1]).StartAsync(reader, CancellationToken.None).OrFail("the reader's start");
        await starting.OrFail("the writer's start");

        Assert.Equal(SubSessionStatus.Finished, await EndOfAsync(writer.Key));
        Assert.Equal(SubSessionStatus.Finished, await EndOfAsync(reader.Key));
        Assert.Equal(Enumerable.Range(0, Count), read);
    }

    [Fact]
    public async Task A_stop_is_heard_while_engines_block_every_slot()
    {
        var working = new CountdownEvent(2);
        var starts = Enumerable.Range(0, 2).Select(_ => Starts.Of(
            cluster,
            new()
            {
                Process = (_, _, cancellationToken) =>
                {
                    working.Signal();
                    while (true)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                    }
                },
            },
            TimeSpan.FromMinutes(10))).ToList();
        var instance = InstanceOn(cluster.Silos[1]);
        foreach (var start in starts)
        {
            await instance.StartAsync(start, CancellationToken.None).OrFail("the start");
            await instance.DeliverAsync(
                new() { Reader = start.Key, Epoch = 1, Channel = "in", Producer = "w", FirstSequence = 0, Items = [Payload.Json("1"u8.ToArray())] },
                CancellationToken.None).OrFail("the delivery");
        }

        foreach (var start in starts)
        {
            await instance.StopAsync(start.Key, 1, "enough", CancellationToken.None).OrFail("the stop");
            Assert.Equal(SubSessionStatus.Canceled, await EndOfAsync(start.Key));
        }
    }

    [Fact]
    public async Task The_making_of_one_engine_holds_up_neither_the_answer_nor_the_stop()
    {
        var instance = InstanceOn(cluster.Silos[0], "slowly-made");
        var start = Starts.Of(cluster, null, TimeSpan.Zero) with { Inputs = [] };

        var answer = await instance.StartAsync(start, CancellationToken.None).OrFail("the answer");
        await cluster.Making.Begun.OrFail("the engine's constructor");
        Assert.Equal(SubSessionStatus.Preparing, answer.Status);
        await instance.StopAsync(start.Key, 1, "enough", CancellationToken.None).OrFail("the stop");

        Assert.Equal(SubSessionStatus.Canceled, await EndOfAsync(start.Key));
        cluster.Making.Release();
    }

    [Fact]
    public async Task An_engine_that_is_not_registered_there_says_so()
    {
        var error = await Assert.ThrowsAsync<BlueEdgeException>(() =>
            InstanceOn(cluster.Silos[0], "unheard-of").StartAsync(Starts.Of(cluster, null, TimeSpan.Zero), CancellationToken.None));

        Assert.Contains("unheard-of", error.Message, StringComparison.Ordinal);
    }

    private IEngineInstanceGrain InstanceOn(SiloAddress silo, string engine = "directed") =>
        cluster.Grains.GetGrain<IEngineInstanceGrain>(new EngineInstanceKey(engine, silo).ToString());

    private async Task<SubSessionStatus> EndOfAsync(SubSessionKey key)
    {
        var report = await cluster.Reports.NextAsync(key);
        return report.Status is SubSessionStatus.Ready ? await EndOfAsync(key) : report.Status;
    }
}
