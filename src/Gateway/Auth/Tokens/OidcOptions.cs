using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Gateway.Auth.Tokens;

/// <summary>Whose tokens count (OpenID Connect). Configured under <c>BlueEdge:Auth:Oidc</c>.</summary>
public sealed class OidcOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Auth:Oidc";

    /// <summary>
    /// Who issues tokens: what <c>iss</c> says in each, letter by letter. Its keys are found by <c>/.well-known/openid-configuration</c> below it. None by default: no
    /// tokens count.
    /// </summary>
    public string? Issuer { get; set; }

    /// <summary>Where that document is, when it is not below <see cref="Issuer"/>, such as an address within the cluster.</summary>
    public string? MetadataAddress { get; set; }

    /// <summary>For whom tokens have to be: what <c>aud</c> has in it. Required where there is an issuer.</summary>
    public string? Audience { get; set; }

    /// <summary>
    /// The claim that names the tenant, one string; <c>tenant</c> by default. A name with dots that no claim has is a path: <c>a.b</c> is <c>b</c> within <c>a</c>.
    /// </summary>
    [Required]
    public string TenantClaim { get; set; } = "tenant";

    /// <summary>
    /// The claim that names the roles, strings or one with spaces between them, or a path to it; <c>roles</c> by default. Names that are no roles of ours are passed over.
    /// </summary>
    [Required]
    public string RolesClaim { get; set; } = "roles";

    /// <summary>How far the issuer's clock may be from this one's; 30 s by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the issuer's keys are read anew; 15 minutes by default. A key that is new is asked for when the first token names it.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether the issuer may be asked by plain HTTP off loopback, where whoever is on the way can make keys; <see langword="false"/> by default.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Where the issuer's document is.</summary>
    internal string Metadata => string.IsNullOrEmpty(MetadataAddress) ? $"{Issuer?.TrimEnd('/')}/.well-known/openid-configuration" : MetadataAddress;

    /// <summary>Whether tokens count.</summary>
    internal bool IsSet => !string.IsNullOrEmpty(Issuer);

    /// <summary>Whether the issuer may be asked there.</summary>
    internal bool MayAsk(Uri address) => address.Scheme is "https" || (address.Scheme is "http" && (AllowHttp || address.IsLoopback));
}
