using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace BlueEdge.Silo.Tests.Telemetry;

/// <summary>All instruments that our code makes, found by making them.</summary>
internal static class Instruments
{
    /// <summary>Makes the instruments of every class that is given meters.</summary>
    public static IReadOnlyList<DescribedInstrument> OfCode()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton(TimeProvider.System).BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        List<DescribedInstrument> found = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                found.Add(new(instrument.Meter.Name, instrument.Name, KindOf(instrument), instrument.Unit ?? "", instrument.Description ?? ""));
            }
        };
        listener.Start();
        foreach (var type in Makers())
        {
            var texts = type.GetConstructors().Single().GetParameters().Where(parameter => parameter.ParameterType == typeof(string)).Select(object (_) => "test").ToArray();
            ActivatorUtilities.CreateInstance(services, type, texts);
        }

        return found;
    }

    private static IEnumerable<Type> Makers() => Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
        .Where(file => Path.GetFileName(file) is var name && (name.StartsWith("BlueEdge.", StringComparison.Ordinal) || name.StartsWith("Streaming.Kafka", StringComparison.Ordinal)) && !name.Contains("Tests", StringComparison.Ordinal))
        .SelectMany(file => Assembly.LoadFrom(file).GetTypes())
        .Where(type => type.GetConstructors() is [var only] && only.GetParameters().Any(parameter => parameter.ParameterType == typeof(IMeterFactory)));

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "Gauge" or "ObservableGauge" => "gauge",
        "UpDownCounter" or "ObservableUpDownCounter" => "up-down counter",
        "Histogram" => "histogram",
        var other => throw new InvalidOperationException($"What kind a {other} is has to be said here and in docs/metrics.md."),
    };
}
