using System.ComponentModel.DataAnnotations;
using System.Net;

namespace BlueEdge.Grains.Scaling;

/// <summary>Where a core silo tells KEDA what engines are wanted for. Configured under <c>BlueEdge:Scaling</c>.</summary>
public sealed class ScalingOptions : IValidatableObject
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Scaling";

    /// <summary>Every address of the machine, as <see cref="Address"/>.</summary>
    public const string Everywhere = "*";

    /// <summary>
    /// The IP address at which the external scaler listens, mostly that of the pod, or <c>*</c> for every one of the machine; there
    /// is none without it, which is the default.
    /// </summary>
    public string? Address { get; set; }

    /// <summary>The port of the external scaler: HTTP/2 without TLS; 7060 by default.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 7_060;

    /// <summary>For how long after the scheduler was last heard what it said still counts; 30 s by default. Then questions are refused.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address is { Length: > 0 } address && address is not Everywhere && !IPAddress.TryParse(address, out _))
        {
            yield return new($"{Section}:Address is '{address}', which is no IP address: write one of this machine, or {Everywhere} for all of them.", [nameof(Address)]);
        }
    }
}
