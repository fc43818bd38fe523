//! The program's tray icon, looked at and clicked as a panel does.

use std::collections::HashMap;

use anyhow::{Context as _, Result};
use zbus::proxy::CacheProperties;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};
use zbus::{Proxy, proxy};

use crate::bus::Bus;
use crate::wait::until;

/// A node of a menu: number, properties, children.
type Node = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// The icon.
pub(crate) struct Tray {
    item: Proxy<'static>,
    menu: Proxy<'static>,
}

/// An item of the menu.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    number: i32,
    pub(crate) label: String,
    pub(crate) enabled: bool,
}

impl Tray {
    /// Finds the icon once it is in the panel.
    pub(crate) async fn find(bus: &Bus) -> Result<Tray> {
        let owner = bus.icon().await?;
        let part = async |path: String, interface: &'static str| {
            proxy::Builder::<Proxy<'static>>::new(&bus.connection)
                .destination(owner.clone())?
                .path(path)?
                .interface(interface)?
                .cache_properties(CacheProperties::No)
                .build()
                .await
        };
        let item = part("/StatusNotifierItem".to_owned(), "org.kde.StatusNotifierItem").await?;
        let path: OwnedObjectPath = item.get_property("Menu").await?;
        let menu = part(path.to_string(), "com.canonical.dbusmenu").await?;
        Ok(Tray { item, menu })
    }

    /// The process that the icon belongs to.
    pub(crate) async fn process(&self) -> Result<u32> {
        let names = zbus::fdo::DBusProxy::new(self.item.connection()).await?;
        Ok(names.get_connection_unix_process_id(self.item.destination().clone()).await?)
    }

    pub(crate) async fn title(&self) -> Result<String> {
        Ok(self.item.get_property("Title").await?)
    }

    /// What stands in the tooltip.
    pub(crate) async fn tooltip(&self) -> Result<String> {
        type Picture = (i32, i32, Vec<u8>);
        let (_icon, _pictures, _title, text): (String, Vec<Picture>, String, String) =
            self.item.get_property::<OwnedValue>("ToolTip").await?.try_into()?;
        Ok(text)
    }

    /// The items of the menu, separators left out.
    pub(crate) async fn entries(&self) -> Result<Vec<Entry>> {
        // From the root, as deep as it goes, with every property.
        let whole = (0_i32, -1_i32, Vec::<&str>::new());
        let (_revision, (_, _, children)): (u32, Node) = self.menu.call("GetLayout", &whole).await?;
        let mut entries = Vec::new();
        for child in children {
            let (number, properties, _): Node = child.try_into()?;
            let Some(label) = properties.get("label").and_then(|label| <&str>::try_from(label).ok()) else {
                continue;
            };
            let enabled = properties.get("enabled").and_then(|yes| bool::try_from(yes).ok()).unwrap_or(true);
            entries.push(Entry { number, label: label.to_owned(), enabled });
        }
        Ok(entries)
    }

    /// Clicks the item whose label begins so, once it is there.
    pub(crate) async fn choose(&self, label: &str) -> Result<()> {
        let entry = until(&format!("{label:?} in the tray menu"), async || {
            Ok(self.entries().await?.into_iter().find(|entry| entry.label.starts_with(label)))
        })
        .await?;
        let clicked = (entry.number, "clicked", Value::from(0_i32), 0_u32);
        self.menu.call::<_, _, ()>("Event", &clicked).await.with_context(|| format!("click on {label:?}"))
    }

    /// A left click on the icon.
    pub(crate) async fn activate(&self) -> Result<()> {
        Ok(self.item.call::<_, _, ()>("Activate", &(0_i32, 0_i32)).await?)
    }
}
