using BlueEdge.Sessions;
using Orleans.Concurrency;

namespace BlueEdge.Validation;

/// <summary>Says what a submission would be told, and runs and keeps nothing. Any key does; <see cref="Key"/> by custom.</summary>
[Alias("blueedge.session-validation")]
public interface ISessionValidationGrain : IGrainWithIntegerKey
{
    /// <summary>The key that callers use.</summary>
    const long Key = 0;

    /// <summary>Checks a spec as <see cref="ISessionGrain.SubmitAsync"/> does: against the engines, the limits and the uploads that there are.</summary>
    [Alias("validate"), AlwaysInterleave]
    Task<ValidationReport> ValidateAsync(SessionSpec spec, CancellationToken cancellationToken);
}
