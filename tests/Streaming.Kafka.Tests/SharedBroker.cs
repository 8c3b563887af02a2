using Streaming.Kafka;

[assembly: AssemblyFixture(typeof(SharedBroker))]

namespace Streaming.Kafka;

/// <summary>The broker of this assembly's tests, each of which brings its own topics. Tests are skipped where there is none.</summary>
public sealed class SharedBroker : IAsyncLifetime
{
    private KafkaBroker? _broker;

    public string BootstrapServers
    {
        get
        {
            Assert.SkipWhen(_broker is null, KafkaBroker.Missing ?? "");
            return _broker.BootstrapServers;
        }
    }

    public async ValueTask InitializeAsync() => _broker = KafkaBroker.Missing is null ? await KafkaBroker.StartAsync() : null;

    public ValueTask DisposeAsync() => _broker?.DisposeAsync() ?? ValueTask.CompletedTask;
}
