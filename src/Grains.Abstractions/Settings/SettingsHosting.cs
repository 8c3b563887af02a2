using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BlueEdge.Settings;

/// <summary>Binds options to the configuration.</summary>
public static class SettingsHosting
{
    /// <summary>
    /// Adds options that are read from a section of the configuration and checked at start, by their annotations too. A value
    /// that makes no sense ends the start with one line, which names the setting; a name that the section does not know is warned of.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section's path, for example <c>BlueEdge:Documents</c>.</param>
    public static OptionsBuilder<TOptions> AddSettings<TOptions>(this IServiceCollection services, string section)
        where TOptions : class => services.AddSettings<TOptions>(new SettingsSection(section, typeof(TOptions)));

    /// <summary>Adds options that are only a part of a section's settings: names that they do not know are not warned of.</summary>
    public static OptionsBuilder<TOptions> AddSharedSettings<TOptions>(this IServiceCollection services, string section)
        where TOptions : class => services.AddSettings<TOptions>(new SettingsSection(section, typeof(TOptions), IsPart: true));

    /// <summary>Reads options before there are services, such as those that say which services there are.</summary>
    /// <param name="configuration">What the process is set by.</param>
    /// <param name="section">The section's path.</param>
    /// <exception cref="OptionsValidationException">Values make no sense; there is a failure for each, which names its setting.</exception>
    public static TOptions ReadSettings<TOptions>(this IConfiguration configuration, string section)
        where TOptions : class, new()
    {
        TOptions options = new();
        SettingsBinding.Bind(options, configuration, section);
        return new SettingsValidation<TOptions>(section).Validate(Options.DefaultName, options) is { Failed: true } invalid
            ? throw new OptionsValidationException(Options.DefaultName, typeof(TOptions), invalid.Failures)
            : options;
    }

    private static OptionsBuilder<TOptions> AddSettings<TOptions>(this IServiceCollection services, SettingsSection section)
        where TOptions : class
    {
        if (!services.Any(service => service.ImplementationInstance is SettingsSection known && known == section))
        {
            services.AddSingleton(section);
            services.AddSingleton<IValidateOptions<TOptions>>(new SettingsValidation<TOptions>(section.Path));
        }

        return services.AddOptions<TOptions>()
            .Configure<IConfiguration>((options, configuration) => SettingsBinding.Bind(options, configuration, section.Path))
            .ValidateOnStart();
    }
}
