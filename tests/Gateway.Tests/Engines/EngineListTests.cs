using BlueEdge.Gateway.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace BlueEdge.Gateway.Tests.Engines;

public sealed class EngineListTests(SiloHost host)
{
    [Fact]
    public async Task Each_engine_is_told_with_its_ports_instances_and_demand()
    {
        await using var gateway = await StubGateway.StartAsync(new() { Time = new FakeTimeProvider() });

        var engines = (await gateway.Http.ReadAsync("engines")).Data.GetProperty("engines");

        Assert.Equal(["echo", "hello", "look", "relay"], engines.EnumerateArray().Select(engine => engine.GetProperty("id").GetString()));
        Assert.Equal(
            """{"id":"look","name":"look","version":"1","inputs":[{"name":"Picture","type":"Image","optional":false}],"outputs":[{"name":"Seen","type":"JSON","optional":false}],"slots":4,"finishesByItself":true,"instances":[{"instance":"look/1","host":"here","status":"ready","slots":4,"busy":1,"free":3},{"instance":"look/2","host":"there","status":"draining","slots":4,"busy":1,"free":0}],"waiting":7,"working":2,"oldestPendingSince":"1999-12-31T23:58:30+00:00","oldestWaitSeconds":90}""",
            engines[2].GetRawText());
    }

    [Fact]
    public async Task The_sample_engines_are_there()
    {
        var engines = (await host.Http.ReadAsync("engines")).Data.GetProperty("engines").EnumerateArray().Select(engine => engine.GetProperty("id").GetString());

        Assert.Superset(new HashSet<string?>(["delay", "fail", "hello", "relay"]), engines.ToHashSet());
    }
}
