using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Validation;

/// <summary>How large a session may be. Configured under <c>BlueEdge:Limits</c>.</summary>
public sealed class SessionLimits : IValidatableObject
{
    /// <summary>Nodes a session; 1,000 by default.</summary>
    [Range(1, 100_000)]
    public int Engines { get; set; } = 1_000;

    /// <summary>Channels a session; 10,000 by default.</summary>
    [Range(1, 1_000_000)]
    public int Channels { get; set; } = 10_000;

    /// <summary>Nodes on the longest path through the DAG; 200 by default.</summary>
    [Range(1, 100_000)]
    public int Depth { get; set; } = 200;

    /// <summary>Characters a name; 256 by default.</summary>
    [Range(1, 10_000)]
    public int NameLength { get; set; } = 256;

    /// <summary>Bytes a request body; 30 MB by default.</summary>
    [Range(1_024, int.MaxValue)]
    public int BodyBytes { get; set; } = 30_000_000;

    /// <summary>Bytes one inline start payload; 16 MB by default.</summary>
    [Range(1_024, int.MaxValue)]
    public int InlinePayloadBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How long a session may ask to take (<c>maxDurationSeconds</c>); 30 days by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "40.00:00:00")]
    public TimeSpan Duration { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Bytes an upload; 1 GB by default.</summary>
    [Range(typeof(long), "1024", "5000000000")]
    public long BlobBytes { get; set; } = 1_000_000_000;

    /// <summary>
    /// By engine id, how many slots all its instances together will ever have; a session that needs more is refused. Empty by
    /// default, where instances may join; the embedded mode knows it by itself.
    /// </summary>
    public IDictionary<string, int> EngineSlots { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => EngineSlots
        .Where(engine => engine.Value < 1)
        .Select(engine => new ValidationResult($"{nameof(EngineSlots)}:{engine.Key} is {engine.Value}; it has to be at least 1.", [nameof(EngineSlots)]));
}
