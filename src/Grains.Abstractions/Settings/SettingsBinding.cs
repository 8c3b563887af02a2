using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace BlueEdge.Settings;

/// <summary>Reads options from the configuration, and says of every value that is of the wrong kind which setting it is of.</summary>
internal static class SettingsBinding
{
    /// <exception cref="OptionsValidationException">Values are of the wrong kind; there is a failure for each.</exception>
    public static void Bind(object options, IConfiguration configuration, string path)
    {
        var section = configuration.GetSection(path);
        List<string> faults = [.. options.GetType().GetProperties().Select(property => FaultOf(section.GetSection(property.Name), property)).OfType<string>()];
        if (faults.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, options.GetType(), faults);
        }

        section.Bind(options);
    }

    private static string? FaultOf(IConfigurationSection setting, PropertyInfo property)
    {
        if (setting.Value is null || !property.CanWrite)
        {
            return null;
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        try
        {
            var value = setting.Get(property.PropertyType);
            return value switch
            {
                Enum word when !Enum.IsDefined(type, word) => Fault(setting, type),
                Uri { IsAbsoluteUri: false } => Fault(setting, type),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return Fault(setting, type);
        }
    }

    private static string Fault(IConfigurationSection setting, Type type) => $"{setting.Path} is '{setting.Value}', which is not {Wanted(type)}.";

    private static string Wanted(Type type) =>
        type == typeof(TimeSpan) ? "a time such as 00:00:30 (hours:minutes:seconds) or 1.00:00:00 (a day)"
        : type == typeof(bool) ? "true or false"
        : type == typeof(Uri) ? "a whole address such as http://host:9000"
        : type.IsEnum ? $"one of: {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(double) ? "a number"
        : type == typeof(int) ? $"a whole number up to {int.MaxValue}"
        : type == typeof(long) ? "a whole number"
        : $"a {type.Name}";
}
