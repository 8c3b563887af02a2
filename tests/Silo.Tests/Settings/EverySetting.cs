using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using BlueEdge.Blobs;
using BlueEdge.Clustering;
using BlueEdge.Clustering.Tls;
using BlueEdge.EngineHost.Channels.Durable;
using BlueEdge.Gateway;
using BlueEdge.Grains.Channels;
using BlueEdge.Grains.Scaling;
using BlueEdge.Grains.Scheduling;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Streams;
using BlueEdge.Samples.Basics;
using BlueEdge.Samples.Documents;
using BlueEdge.Samples.Images;
using BlueEdge.Samples.Video;
using BlueEdge.Settings;
using BlueEdge.SiloHosting.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BlueEdge.Silo.Tests.Settings;

/// <summary>The settings of all processes, from what they bind.</summary>
public static class EverySetting
{
    /// <summary>Settings, each with a value that makes no sense for it.</summary>
    public static TheoryData<string, string> Wrong { get; } =
    [
        .. from section in Services([]).Select(service => service.ImplementationInstance).OfType<SettingsSection>().Distinct()
           from property in section.Options.GetProperties()
           where property.CanWrite
           from value in WrongValues(property)
           select ($"{section.Path}:{property.Name}", value),
    ];

    /// <summary>Checks all options as a start does.</summary>
    public static void Check(params (string Path, string Value)[] settings)
    {
        using var services = Services(settings).BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }

    /// <summary>What the container of a silo, a gateway and an engine host together holds.</summary>
    private static IServiceCollection Services((string Path, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Path, (string?)setting.Value)));
        builder.AddBlueEdgeGateway();
        builder.Services.AddBlobStore();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering().UseClusterTls();
            silo.AddSessions().AddScheduling().AddSiloDashboard().AddChannels().AddBasicEngines().AddDocumentEngines().AddImageEngines().AddVideoEngines();
        });
        builder.Services.AddOptions<ClusterModeOptions>();
        builder.Services.AddSettings<ClusterModeOptions>(ClusterModeOptions.Section);
        builder.Services.AddSettings<KafkaOptions>("BlueEdge:Kafka");
        builder.Services.AddSettings<ScalingOptions>(ScalingOptions.Section);
        builder.Services.AddSettings<SessionStreamOptions>(SessionStreamOptions.Section);
        return builder.Services;
    }

    private static IEnumerable<string> WrongValues(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type != typeof(string) && !type.IsAssignableTo(typeof(IEnumerable)))
        {
            yield return "no-sense";
        }

        if (property.PropertyType.IsValueType && type == property.PropertyType)
        {
            yield return "";
        }

        if (type.IsEnum)
        {
            yield return "77";
        }

        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            yield return type == typeof(TimeSpan) ? "-00:00:01" : "-1";
            yield return "99999999999999999999999";
        }

        if (property.GetCustomAttribute<RequiredAttribute>() is not null)
        {
            yield return "";
        }

        if (property.GetCustomAttribute<MinLengthAttribute>() is not null)
        {
            yield return "x";
        }
    }
}
