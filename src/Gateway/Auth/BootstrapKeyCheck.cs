using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Auth;

/// <summary>Refuses a bootstrap key that could be guessed, or that nobody would be asked for. What it says does not show the key.</summary>
internal sealed class BootstrapKeyCheck : IValidateOptions<AuthOptions>
{
    private const string Setting = "BlueEdge:Auth:BootstrapKey";
    private const string Remedy = "Make one by: echo \"be_$(head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=')\"";

    public ValidateOptionsResult Validate(string? name, AuthOptions options) => options.BootstrapKey switch
    {
        null or "" => ValidateOptionsResult.Success,
        _ when !options.TakesKeys => Refuse("is set, but nobody is asked for a key: set BlueEdge:Auth:Mode=Keys, or leave the key out."),
        var key when !KeyText.IsWellFormed(key) => Refuse($"is no key, which is be_ and 43 letters, digits, - and _. {Remedy}"),
        var key when !KeyText.LooksRandom(key) => Refuse($"is no key of 32 random bytes, and could be guessed. {Remedy}"),
        _ => ValidateOptionsResult.Success,
    };

    private static ValidateOptionsResult Refuse(string why) => ValidateOptionsResult.Fail($"{Setting} {why}");
}
