using Microsoft.Extensions.Options;

namespace BlueEdge.Gateway.Quotas;

/// <summary>Refuses a start with quotas of tenants that make no sense.</summary>
internal sealed class QuotaCheck(IConfiguration configuration) : IValidateOptions<QuotaOptions>
{
    public ValidateOptionsResult Validate(string? name, QuotaOptions options)
    {
        try
        {
            QuotaTable.Read(configuration, isOpen: true);
            return ValidateOptionsResult.Success;
        }
        catch (OptionsValidationException error) when (error.OptionsType == typeof(QuotaOptions))
        {
            return ValidateOptionsResult.Fail(error.Failures);
        }
        catch (OptionsValidationException)
        {
            // Of the default section, which says so itself.
            return ValidateOptionsResult.Success;
        }
    }
}
