using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace BlueEdge.Settings;

/// <summary>Checks options by their annotations, and names the settings that are at fault by their whole path.</summary>
internal sealed class SettingsValidation<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        List<ValidationResult> results = [];
        return Validator.TryValidateObject(options, new(options), results, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(results.Select(Describe));
    }

    private string Describe(ValidationResult result)
    {
        var message = result.ErrorMessage ?? "It makes no sense.";
        return message.Contains("BlueEdge:", StringComparison.Ordinal) ? message : $"{section}:{string.Join(", ", result.MemberNames)}: {message}";
    }
}
