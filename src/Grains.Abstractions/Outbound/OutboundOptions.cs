using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Outbound;

/// <summary>
/// Which addresses that callers name may be called: by webhooks, and for files that sessions give by address. Configured under
/// <c>BlueEdge:Outbound</c>, alike for gateways and silos: what is refused when it would be sent is a fault at submission where it can
/// be told by then.
/// </summary>
public sealed class OutboundOptions : IValidatableObject
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Outbound";

    /// <summary>
    /// What may be called though its address is loopback, private or otherwise special, and by plain http: networks
    /// (<c>10.1.0.0/16</c>), addresses (<c>10.1.2.3</c>, <c>::1</c>), hosts (<c>hooks.internal</c>, <c>*.edge.local</c>), with
    /// semicolons between them. A host is allowed whatever its address is. Empty by default.
    /// </summary>
    public string Allow { get; set; } = "";

    /// <summary>Whether addresses that are not on <see cref="Allow"/> may be called by plain http too; not by default.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>
    /// Ports on which nothing is called, besides those that belong to other protocols (ssh, smtp, Redis, Kafka …), with semicolons
    /// between them. Empty by default.
    /// </summary>
    public string DeniedPorts { get; set; } = "";

    /// <summary>Ports that may be called though they belong to another protocol, with semicolons between them. Empty by default.</summary>
    public string AllowedPorts { get; set; } = "";

    /// <summary>How long a call may take, from looking up its name to the last byte of the answer; 15 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one address of a name has to accept a connection before the next is tried; 4 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How long a connection is used before its name is looked up and its address judged again; 1 minute by default, 0 makes one for
    /// each call.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. new AllowList(Allow).Faults.Select(fault => new ValidationResult(fault, [nameof(Allow)])),
        .. new PortList(DeniedPorts).Faults.Select(fault => new ValidationResult(fault, [nameof(DeniedPorts)])),
        .. new PortList(AllowedPorts).Faults.Select(fault => new ValidationResult(fault, [nameof(AllowedPorts)])),
    ];
}
