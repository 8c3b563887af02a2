using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Auth.Tokens;

/// <summary>Refuses an issuer whose tokens nobody could check, or would be asked for.</summary>
internal sealed class OidcCheck(IConfiguration configuration) : IValidateOptions<OidcOptions>
{
    private const string IssuerSetting = $"{OidcOptions.Section}:{nameof(OidcOptions.Issuer)}";
    private const string ModeSetting = "BlueEdge:Auth:Mode";

    public ValidateOptionsResult Validate(string? name, OidcOptions options)
    {
        List<string> faults = [];
        var mode = configuration[ModeSetting] ?? "";
        var isAskedFor = Is(mode, AuthMode.Oidc) || Is(mode, AuthMode.Keys);
        if (!options.IsSet)
        {
            return Is(mode, AuthMode.Oidc) ? ValidateOptionsResult.Fail($"{ModeSetting} is Oidc, and {IssuerSetting} is missing: name who issues the tokens.") : ValidateOptionsResult.Success;
        }

        if (!isAskedFor)
        {
            faults.Add($"{IssuerSetting} is set, but nobody is asked for a token: set {ModeSetting} to Oidc, or to Keys for API keys beside tokens.");
        }

        if (string.IsNullOrEmpty(options.Audience))
        {
            faults.Add($"{OidcOptions.Section}:{nameof(OidcOptions.Audience)} is missing: without it tokens for any other service of the issuer would count.");
        }

        CheckAddress(options, IssuerSetting, options.Issuer, faults);
        if (!string.IsNullOrEmpty(options.MetadataAddress))
        {
            CheckAddress(options, $"{OidcOptions.Section}:{nameof(OidcOptions.MetadataAddress)}", options.MetadataAddress, faults);
        }

        return faults is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckAddress(OidcOptions options, string setting, string? text, List<string> faults)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            faults.Add($"{setting} is '{text}', which is no address: write https:// and a name.");
        }
        else if (!options.MayAsk(address) && (!setting.Equals(IssuerSetting, StringComparison.Ordinal) || string.IsNullOrEmpty(options.MetadataAddress)))
        {
            faults.Add($"{setting} is '{text}', where whoever is on the way can make keys: use https, or set {OidcOptions.Section}:{nameof(OidcOptions.AllowHttp)}=true where the network is trusted.");
        }
    }

    private static bool Is(string text, AuthMode mode) => text.Equals(mode.ToString(), StringComparison.OrdinalIgnoreCase);
}
