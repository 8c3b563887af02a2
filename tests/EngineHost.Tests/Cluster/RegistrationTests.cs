using BlueEdge.Channels;
using BlueEdge.EngineHost.Engines;
using BlueEdge.Engines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BlueEdge.EngineHost.Tests.Cluster;

public sealed class RegistrationTests(EngineCluster cluster)
{
    [Fact]
    public void An_id_that_another_engine_has_is_refused_with_both_names()
    {
        var error = Assert.Throws<EngineDefinitionException>(() => Host.CreateApplicationBuilder().UseOrleans(silo =>
            silo.AddEngine<DirectedEngine>().AddEngine<BrokenEngine>(engine => engine.WithId("directed"))));

        Assert.Contains(typeof(BrokenEngine).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains(typeof(DirectedEngine).FullName!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_definition_fails_where_it_is_added() =>
        Assert.Throws<EngineDefinitionException>(() => Host.CreateApplicationBuilder().UseOrleans(silo =>
            silo.AddEngine<DirectedEngine>(engine => engine.WithSlots(0))));

    [Fact]
    public async Task A_class_without_generated_code_fails_the_start()
    {
        var registration = new EngineRegistration(typeof(Hidden), new EngineDefinitionBuilder(typeof(Hidden)).Build());
        using var service = ActivatorUtilities.CreateInstance<EngineInstanceService>(cluster.Silo, (IEnumerable<EngineRegistration>)[registration]);

        var error = await Assert.ThrowsAsync<EngineDefinitionException>(() => service.StartingAsync(CancellationToken.None));

        Assert.Contains(typeof(Hidden).FullName!, error.Message, StringComparison.Ordinal);
        Assert.Contains("Microsoft.Orleans.Sdk", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Private, so that no code is generated for it, as for all classes of a project without the SDK.</summary>
    [Engine("hidden")]
    [Output("Out", ChannelType.Json)]
    private sealed class Hidden : EngineGrain
    {
        protected override ValueTask ProcessAsync(EngineInput input, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
