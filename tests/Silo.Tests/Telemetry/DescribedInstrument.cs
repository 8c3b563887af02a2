namespace BlueEdge.Silo.Tests.Telemetry;

/// <summary>One instrument, as code or page has it.</summary>
internal sealed record DescribedInstrument(string Meter, string Name, string Kind, string Unit, string Description);
