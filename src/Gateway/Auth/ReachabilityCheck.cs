using BlueEdge.Hosting;
using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Auth;

/// <summary>Refuses to serve other machines without authentication, unless that is said to be meant.</summary>
internal sealed class ReachabilityCheck(IConfiguration configuration) : IValidateOptions<AuthOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthOptions options) =>
        options.Mode is null && ListenAddresses.Of(configuration).FirstOrDefault(address => !address.IsLoopback) is { } open
            ? ValidateOptionsResult.Fail(
                $"{open.Setting} is '{open.Text}', where other machines can reach the API, and nothing says who may call it. "
                + "Set BlueEdge:Auth:Mode=Keys or Oidc (docs/security.md), listen on loopback, such as http://127.0.0.1:5080, or set BlueEdge:Auth:Mode=None where a network or a proxy keeps strangers out.")
            : ValidateOptionsResult.Success;
}
