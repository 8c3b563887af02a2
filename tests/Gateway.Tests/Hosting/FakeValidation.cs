using BlueEdge.Sessions;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Tests.Hosting;

/// <summary>Checks against the engines of <see cref="FakeGrains"/>.</summary>
internal sealed class FakeValidation(FakeGrains grains) : ISessionValidationGrain
{
    public async Task<ValidationReport> ValidateAsync(SessionSpec spec, CancellationToken cancellationToken)
    {
        await grains.TroubleAsync(nameof(ValidateAsync));
        var faults = SessionValidator.Validate(spec, grains.Engines, grains.Limits);
        return new() { Faults = faults.Listed, FurtherFaults = faults.Further, Warnings = Specs.WarningsOf(spec) };
    }
}
